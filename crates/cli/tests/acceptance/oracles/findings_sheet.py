"""Reads a sheet of findings: every row whole, every cell inert; prints how many rows there are of each code."""
import collections, csv, sys, unicodedata

with open(sys.argv[1], "rb") as file:
    octets = file.read()
assert octets.startswith(b"\xef\xbb\xbf") and octets.endswith(b"\r\n")
assert octets.count(b"\n") == octets.count(b"\r\n"), "a line that does not end as the others"
with open(sys.argv[1], newline="", encoding="utf-8-sig") as file:
    rows = list(csv.reader(file, strict=True))
assert rows[0] == ["bag", "verdict", "code", "severity", "path", "clause", "message", "hint"], rows[0]
for row in rows[1:]:
    assert len(row) == 8, row
    for cell in row:
        assert not cell.startswith(tuple("=+-@\t\r\n＝＋－＠")), cell
        assert all(unicodedata.category(c) != "Cc" and c not in "\u202e\u2066\u200f" for c in cell), cell
for code, number in sorted(collections.Counter(row[2] for row in rows[1:]).items()):
    print(code, number)
