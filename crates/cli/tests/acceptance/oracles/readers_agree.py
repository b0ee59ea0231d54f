"""Usage: SHEET. pandas and SQLite read the same cells as Python's csv."""

import csv
import json
import subprocess
import sys

import pandas

sheet = sys.argv[1]
with open(sheet, encoding="utf-8-sig", newline="") as file:
    header, *rows = csv.reader(file, strict=True)

frame = pandas.read_csv(sheet, dtype=str, keep_default_na=False, na_filter=False)
assert list(frame.columns) == header, list(frame.columns)
assert frame.values.tolist() == rows, "pandas reads other cells"

said = subprocess.run(
    ["sqlite3", "-batch", ":memory:", f".import --csv {sheet} sheet", ".mode json", "select * from sheet order by rowid"],
    check=True,
    capture_output=True,
    text=True,
    encoding="utf-8",
).stdout
read = json.loads(said)
assert [name.removeprefix("\ufeff") for name in read[0]] == header, list(read[0])
assert [list(row.values()) for row in read] == rows, "SQLite reads other cells"
print(len(rows))
