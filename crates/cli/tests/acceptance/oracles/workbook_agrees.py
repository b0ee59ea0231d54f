"""Usage: WORKBOOK FOLDER DIRECTION. openpyxl finds in an XLSX the values of every sheet of the folder,
all of them text, headers that stay, filters, locks, lists and notes; DIRECTION is `rtl` or `ltr`."""

import csv
import os
import sys

import openpyxl

path, folder, direction = sys.argv[1:]
book = openpyxl.load_workbook(path)
sheets = sorted(name.removesuffix(".csv") for name in os.listdir(folder) if name.endswith(".csv"))
assert sorted(book.sheetnames) == sheets, book.sheetnames
for name in sheets:
    page = book[name]
    with open(os.path.join(folder, name + ".csv"), encoding="utf-8-sig", newline="") as file:
        expected = [[cell.removeprefix("'") for cell in row] for row in csv.reader(file, strict=True)]
    found = [["" if cell.value is None else cell.value for cell in row] for row in page.iter_rows()]
    assert found == expected, next(pair for pair in zip(found, expected) if pair[0] != pair[1])
    assert all(cell.data_type in "sn" and (cell.value is None or cell.data_type == "s") for row in page.iter_rows() for cell in row)
    assert page.freeze_panes == "C2", page.freeze_panes
    assert page.auto_filter.ref, name
    assert page.protection.sheet and not page.protection.password, name
    assert bool(page.sheet_view.rightToLeft) == (direction == "rtl"), name
    assert all(cell.comment for cell in page[1]), [cell.value for cell in page[1] if not cell.comment]

page = book["manifest"]
column = {cell.value: cell.column_letter for cell in page[1]}
for name, locked in [("sha256", True), ("path", True), ("title", False), ("notes", False)]:
    assert page[column[name] + "2"].protection.locked is locked or not page[column[name] + "2"].value, name
    assert page.column_dimensions[column[name]] is not None
lists = {str(choice.sqref).rstrip("0123456789:").split(":")[0][:-1]: choice.formula1 for choice in page.data_validations.dataValidation}
assert lists[column["sensitivity"]] == '"public,partner,restricted,sealed"', lists
print(sum(len(list(book[name].iter_rows())) - 1 for name in sheets))
