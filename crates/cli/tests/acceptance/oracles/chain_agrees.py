"""Usage: BAG. The chain of metadata/events.csv, recomputed; prints the type of every event."""

import csv
import hashlib
import os
import sys

with open(os.path.join(sys.argv[1], "metadata/events.csv"), "rb") as file:
    lines = file.read().splitlines(keepends=True)
header = next(csv.reader([lines[0].decode("utf-8-sig")], strict=True))
for number, line in enumerate(lines[1:], 1):
    assert line.endswith(b"\r\n")
    row = dict(zip(header, next(csv.reader([line.decode()], strict=True)), strict=True))
    assert row["event_no"] == str(number), row
    assert row["previous"] == hashlib.sha256(lines[number - 1]).hexdigest(), row
    print(row["event_type"], row["object_path"], row["detail"], sep="\t")
