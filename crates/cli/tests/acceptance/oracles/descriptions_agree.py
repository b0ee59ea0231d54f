"""Usage: FOLDER. Frictionless and csvw find every sheet as datapackage.json and csv-metadata.json
describe it; and neither passes a sheet that is not so."""

import csv
import json
import os
import shutil
import sys
import warnings

from csvw import CSVW
from frictionless import Package

folder = sys.argv[1]
sheets = sorted(name for name in os.listdir(folder) if name.endswith(".csv"))


def packages():
    return Package(os.path.join(folder, "datapackage.json")).validate().valid


def tables():
    with warnings.catch_warnings():
        # It counts its own warnings.
        warnings.simplefilter("always")
        try:
            return CSVW(os.path.join(folder, "csv-metadata.json"), validate=True).is_valid
        except ValueError:
            # So it says of a value that is met while references between sheets are followed.
            return False


def described(name, tables, url, columns):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return {table[url]: columns(table) for table in json.load(file)[tables]}


assert packages(), Package(os.path.join(folder, "datapackage.json")).validate().flatten()
assert tables(), "csvw"
by_package = described(
    "datapackage.json", "resources", "path", lambda r: [f["name"] for f in r["schema"]["fields"]]
)
by_csvw = described(
    "csv-metadata.json", "tables", "url", lambda t: [c["name"] for c in t["tableSchema"]["columns"]]
)
for name in sheets:
    with open(os.path.join(folder, name), encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file))
    assert header == by_package[name] == by_csvw[name], (name, header)
assert sheets == sorted(by_package) == sorted(by_csvw), (sheets, by_package, by_csvw)

whole = os.path.join(folder, "manifest.csv")
shutil.copy(whole, whole + ".kept")
with open(whole, encoding="utf-8", newline="") as file:
    lines = file.read().split("\r\n")
cells = lines[1].split(",", 4)
lines[1] = ",".join([*cells[:3], "many", cells[4]])
with open(whole, "w", encoding="utf-8", newline="") as file:
    file.write("\r\n".join(lines))
assert not packages() and not tables(), "a size that is no number passed"
os.replace(whole + ".kept", whole)
