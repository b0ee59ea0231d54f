"""Usage: SHEET ROWS. Frictionless reads a sheet without an error, and finds so many rows."""

import sys

from frictionless import Resource

report = Resource(path=sys.argv[1], encoding="utf-8-sig").validate()
assert report.valid, report.flatten(["rowNumber", "fieldNumber", "type", "message"])
assert report.stats["tasks"] == 1 and report.tasks[0].stats["rows"] == int(sys.argv[2]), report
