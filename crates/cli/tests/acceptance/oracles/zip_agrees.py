"""Usage: ZIP SOURCE. Python's zipfile finds in the bundle exactly what stands in the source."""

import os
import sys
import zipfile

archive, source = sys.argv[1:]
top = os.path.basename(archive).removesuffix(".zip") + "/"
wanted = {}
for folder, folders, files in os.walk(source):
    below = os.path.relpath(folder, source)
    below = "" if below == "." else below + "/"
    for name in files:
        with open(os.path.join(folder, name), "rb") as file:
            wanted[below + name] = file.read()
    if below and not files and not folders:
        wanted[below] = None

with zipfile.ZipFile(archive) as bundle:
    assert bundle.testzip() is None
    assert bundle.comment == b""
    names = bundle.namelist()
    assert len(names) == len(set(names)), "a name stands there twice"
    assert names == sorted(names, key=lambda name: name.encode()), "names are not sorted"
    assert all(name.startswith(top) for name in names), "something lies beside the top directory"
    payload = top + "data/"
    assert payload in names
    found = {name.removeprefix(payload) for name in names if name.startswith(payload)} - {""}
    assert found == set(wanted), found ^ set(wanted)
    for name, octets in wanted.items():
        info = bundle.getinfo(payload + name)
        assert info.is_dir() if octets is None else bundle.read(info) == octets, name
print(len(wanted))
