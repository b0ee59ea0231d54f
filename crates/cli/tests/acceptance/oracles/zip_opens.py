"""Usage: ZIP FILES NAME SIZE. Python's zipfile lists so many documents, and one of this size."""

import sys
import zipfile

archive, files, name, size = sys.argv[1:]
with zipfile.ZipFile(archive) as bundle:
    documents = [info for info in bundle.infolist() if "/data/" in info.filename and not info.is_dir()]
    assert len(documents) == int(files), len(documents)
    info = bundle.getinfo(name)
    assert info.file_size == int(size), info
    with bundle.open(info) as file:
        assert len(file.read(1 << 20)) == min(int(size), 1 << 20)
