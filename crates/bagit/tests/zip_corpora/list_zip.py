"""Lists a ZIP as Python reads it: name in hexadecimal, and SHA-256 of its content.

`/` stands for the content of a directory, and `-` for one that Python cannot read.
"""

import hashlib
import sys
import zipfile
import zlib

CANNOT = (NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zipfile.BadZipFile, zlib.error)

with zipfile.ZipFile(sys.argv[1]) as archive:
    for entry in archive.infolist():
        if entry.is_dir():
            content = "/"
        else:
            try:
                content = hashlib.sha256(archive.read(entry)).hexdigest()
            except CANNOT:
                content = "-"
        print(entry.filename.encode().hex(), content)
