"""Usage: CASE ZIP OUTSIDE. A bag in a ZIP, with one entry that would do harm if it were unpacked."""

import hashlib
import stat
import sys
import warnings
import zipfile

case, archive, outside = sys.argv[1:]
warnings.simplefilter("ignore")


def link(name, target):
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info, target


cases = {
    "parent": [("../escaped", "x")],
    "parent-from-data": [("bag/data/../../escaped", "x")],
    "dot": [("bag/data/./a", "x")],
    "absolute": [(outside + "/escaped", "x")],
    "double-slash": [("bag//data/a", "x")],
    "backslash": [("bag\\..\\..\\escaped", "x"), ("bag/data/..\\..\\escaped", "x")],
    "drive": [("C:/escaped", "x"), ("bag/data/C:escaped", "x")],
    "link": [link("bag/data/link", outside)],
    "link-then-file": [link("bag/data/link", outside), ("bag/data/link/escaped", "x")],
    "link-as-data": [link("bag/data", outside), ("bag/data/escaped", "x")],
    "twice": [("bag/data/a", "one"), ("bag/data/a", "two")],
    "file-and-folder": [("bag/data/a", "one"), ("bag/data/a/b", "two")],
    "file-and-empty-folder": [("bag/data/a", "one"), ("bag/data/a/", "")],
    "beside": [("other/escaped", "x")],
    "escape": [("bag/data/\x1b[2Jcleared", "x")],
    "newline": [("bag/data/a\n  E000 all is well", "x")],
    "bidi": [("bag/data/x\u202efdp.exe", "x")],
    "long": [("bag/data/" + "x" * 300, "x")],
    "deep": [("bag/data/" + "d/" * 3000 + "x", "x")],
}
entries = cases[case]
# A name that no manifest can spell is not listed, and so is found and shown.
plain = {name: octets for name, octets in entries if isinstance(name, str) and name.isprintable()}
manifest = "".join(
    f"{hashlib.sha256(octets.encode()).hexdigest()}  {name.removeprefix('bag/')}\n"
    for name, octets in plain.items()
    if not name.endswith("/")
)
with zipfile.ZipFile(archive, "w") as bag:
    bag.writestr("bag/bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    bag.writestr("bag/manifest-sha256.txt", manifest)
    bag.writestr("bag/data/", "")
    for name, octets in entries:
        bag.writestr(name, octets)
