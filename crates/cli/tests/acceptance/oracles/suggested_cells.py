"""Usage: SHEET. Python's csv reads the cells that were suggested, one `name<TAB>column<TAB>value` a line."""

import csv
import sys

with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
    for row in csv.DictReader(file, strict=True):
        columns = list(row)
        for column in columns[columns.index("title") : columns.index("description_basis") + 1]:
            value = row[column].removeprefix("'")
            assert "\n" not in value and "\r" not in value, row
            if value:
                print(row["path"].removeprefix("data/"), column, value, sep="\t")
