"""Usage: BAG. Python's csv reads metadata/manifest.csv, and every row is true of the payload."""

import csv
import datetime
import hashlib
import os
import sys

bag = sys.argv[1]
with open(os.path.join(bag, "metadata/manifest.csv"), "rb") as file:
    octets = file.read()
assert octets.startswith(b"\xef\xbb\xbf"), "no byte order mark"
assert octets.count(b"\n") == octets.count(b"\r\n"), "a line that does not end in CRLF"
header, *rows = csv.reader(octets.decode("utf-8-sig").splitlines(keepends=True), strict=True)
assert len(header) == 39 and header[:4] == ["item_id", "path", "original_name", "size_bytes"], header

files = set()
for folder, _, names in os.walk(os.path.join(bag, "data")):
    files |= {os.path.relpath(os.path.join(folder, name), bag) for name in names}


def value(cell):
    assert not cell.startswith(tuple("=+-@\t\r")), f"a spreadsheet would run {cell!r}"
    return cell.removeprefix("'")


paths = []
for cells in rows:
    assert len(cells) == len(header), cells
    row = dict(zip(header, map(value, cells)))
    path = row["path"]
    paths.append(path)
    full = os.path.join(bag, path)
    with open(full, "rb") as file:
        octets = file.read()
    assert row["original_name"] == path.removeprefix("data/"), row
    assert row["size_bytes"] == str(len(octets)), row
    assert row["sha256"] == hashlib.sha256(octets).hexdigest(), row
    assert row["sha512"] == hashlib.sha512(octets).hexdigest(), row
    whole, _, fraction = row["modified"].removesuffix("Z").partition(".")
    seconds = datetime.datetime.fromisoformat(whole).replace(tzinfo=datetime.timezone.utc).timestamp()
    assert int(seconds) * 10**9 + int(fraction.ljust(9, "0")) == os.stat(full).st_mtime_ns, row
assert set(paths) == files, set(paths) ^ files
assert paths == sorted(paths, key=str.encode), "rows are not sorted"
assert len({cells[0] for cells in rows}) == len(rows), "an item_id stands there twice"
print(len(rows))
