"""Usage: FOLDER VERSION. bagit-python makes a bag of a folder; its declaration gets a version."""

import os
import sys

import bagit

folder, version = sys.argv[1:]
bagit.make_bag(folder, {"Source-Organization": "سازمان"}, checksums=["sha256", "md5"])
# It looks for tag files where it stands.
os.chdir(folder)
with open("bagit.txt", "w") as file:
    file.write(f"BagIt-Version: {version}\nTag-File-Character-Encoding: UTF-8\n")
for algorithm in ["sha256", "md5"]:
    bagit._make_tagmanifest_file(algorithm, ".", encoding="utf-8")
