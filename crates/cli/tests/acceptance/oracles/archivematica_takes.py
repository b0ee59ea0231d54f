"""Takes a bag in as Archivematica 1.17 does, as far as its documentation and code say how, and compares
what it then knows of each document with the sheet of the bundle that the bag was made of.

Arguments: the transfer (a directory or a ZIP), the bundle (a directory).
"""
import csv, hashlib, os, re, shutil, sys, tempfile, zipfile

transfer, bundle = sys.argv[1:]
work = tempfile.mkdtemp()
if os.path.isfile(transfer):
    with zipfile.ZipFile(transfer) as archive:
        archive.extractall(work)
    tops = os.listdir(work)
    assert len(tops) == 1, tops
    unit = os.path.join(work, tops[0])
    assert tops[0] == os.path.basename(transfer)[: -len(".zip")], tops
else:
    unit = os.path.join(work, "unit")
    shutil.copytree(transfer, unit)


def files_below(top):
    for folder, _, names in os.walk(top):
        for name in names:
            yield os.path.relpath(os.path.join(folder, name), top)


def digest(path):
    return hashlib.sha256(open(path, "rb").read()).hexdigest()


# Files get their identifiers, and with them their original locations, while the bag is still a bag.
original_locations = {os.path.join(unit, path): path for path in files_below(unit) if path.startswith("data/")}

# The bag becomes a transfer: what Archivematica knows moves up, all else in data/ becomes objects.
required = ("logs", "logs/fileMeta", "metadata", "metadata/submissionDocumentation", "objects")
moved = {}
for name in sorted(os.listdir(os.path.join(unit, "data"))):
    source = os.path.join(unit, "data", name)
    target = os.path.join(unit, name) if name in required else os.path.join(unit, "objects", name)
    assert not os.path.exists(target), target
    for path in files_below(source):
        moved[os.path.join(target, path)] = original_locations[os.path.join(source, path)]
    os.makedirs(os.path.dirname(target), exist_ok=True)
    os.rename(source, target)
os.rmdir(os.path.join(unit, "data"))

# metadata.csv is UTF-8 with commas; the first column is the file, whatever it is called.
with open(os.path.join(unit, "metadata", "metadata.csv"), encoding="utf-8", newline="") as text:
    raw = text.read()
    assert "\r" not in raw and not raw.startswith("\ufeff")
    text.seek(0)
    rows = list(csv.reader(text))
header = [name.strip() for name in rows[0][1:]]
metadata = {}
for row in rows[1:]:
    assert len(row) == len(rows[0]), row
    values = {}
    for name, value in zip(header, row[1:]):
        if value != "":
            values.setdefault(name, []).append(value)
    name = row[0].rstrip("/")
    assert name not in metadata, name
    metadata[name] = values
for name in header:
    if name.startswith(("dc.", "dcterms.")):
        assert re.fullmatch(r"(dc|dcterms)\.[A-Za-z]+", name), name
    else:
        # It becomes the name of an XML element.
        assert re.fullmatch(r"[a-z_]+", re.sub(r"\W+", "_", name).strip("_").lower()), name

# Each object finds its row by the location that it had at first, and no row is left over.
objects = [path for path in moved if path.startswith(os.path.join(unit, "objects") + os.sep)]
assert {moved[path] for path in objects} == set(metadata), (objects, metadata)

with open(os.path.join(bundle, "metadata/manifest.csv"), encoding="utf-8-sig", newline="") as text:
    sheet = {row["path"]: row for row in csv.DictReader(text)}
assert len(objects) == len(sheet)
same = {
    "dc.title": "title", "dc.creator": "creator", "dc.publisher": "publisher", "dc.subject": "subject",
    "dc.description": "description", "dcterms.created": "date_created", "dcterms.issued": "date_published",
    "dc.language": "language", "dc.rights": "rights", "dcterms.spatial": "place", "people": "people",
    "dcterms.accessRights": "sensitivity", "dcterms.provenance": "custody_note", "notes": "notes",
    "date_as_written": "date_as_written", "dc.identifier": "item_id", "original_name": "original_name",
}
known = 0
for path in objects:
    location = moved[path]
    row = sheet["data/" + location[len("data/objects/"):]]
    assert digest(path) == row["sha256"], location
    for name, column in same.items():
        expected = row[column]
        expected = expected[1:] if expected.startswith("'") else expected
        found = " | ".join(metadata[location].get(name, []))
        assert found == expected or found == " " + expected, (location, name, found, expected)
        known += expected != ""

# The bundle's own tag files are there, octet for octet.
kept = os.path.join(unit, "metadata/submissionDocumentation/bundle")
tags = sorted(path for path in files_below(bundle) if not path.startswith("data/"))
assert sorted(files_below(kept)) == tags
for path in tags:
    assert digest(os.path.join(kept, path)) == digest(os.path.join(bundle, path)), path
shutil.rmtree(work)
print(len(objects), known)
