"""Usage: FOLDER ZIP. Python's zipfile deflates a folder into a ZIP."""

import shutil
import sys

folder, archive = sys.argv[1:]
shutil.make_archive(archive.removesuffix(".zip"), "zip", root_dir=".", base_dir=folder)
