"""Usage: SHEET SHEET. Two sheets hold the same cells, however each is quoted."""

import csv
import sys


def cells(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, strict=True))


one, two = map(cells, sys.argv[1:])
assert len(one) == len(two), (len(one), len(two))
for number, (left, right) in enumerate(zip(one, two), 1):
    assert left == right, (number, left, right)
