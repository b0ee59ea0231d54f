"""Usage: SHEET READ. What a spreadsheet wrote of a workbook are the values of the sheet: its cells
without the apostrophe that keeps them from being run."""

import csv
import sys


def cells(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, strict=True))


stored, read = map(cells, sys.argv[1:])
assert len(stored) == len(read), (len(stored), len(read))
for number, (left, right) in enumerate(zip(stored, read), 1):
    assert [cell.removeprefix("'") for cell in left] == right, (number, left, right)
