"""Puts one text in place of another in every part of a workbook, as whoever fills it in would.

edit_workbook.py IN OUT OLD NEW
"""

import sys
import zipfile

source, target, old, new = sys.argv[1:]
found = 0
with zipfile.ZipFile(source) as book, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
    for entry in book.infolist():
        octets = book.read(entry)
        found += octets.count(old.encode())
        out.writestr(entry, octets.replace(old.encode(), new.encode()))
assert found, f"expected `{old}` in {source}, found none"
