"""Usage: BAG. For each document below a folder of parts: its path, SHA-256 of the file, and of its row in
manifest.csv the path of the item it is derived from, and its address."""

import csv
import hashlib
import os
import sys

bag = sys.argv[1]
with open(os.path.join(bag, "metadata/manifest.csv"), encoding="utf-8-sig", newline="") as file:
    rows = list(csv.DictReader(file, strict=True))
path_of = {row["item_id"]: row["path"] for row in rows}
assert len(path_of) == len(rows)
for row in rows:
    with open(os.path.join(bag, row["path"]), "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    assert digest == row["sha256"], row["path"]
    if ".parts/" in row["path"]:
        whole = path_of[row["derived_from"]].removeprefix("data/") if row["derived_from"] else ""
        print(row["path"].removeprefix("data/"), digest, whole, row["source_url"], sep="\t")
