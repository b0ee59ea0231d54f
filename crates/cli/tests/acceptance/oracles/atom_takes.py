"""Checks a CSV as `php symfony csv:check-import` of AtoM 2.8 documents its checks, and reads it as PHP does.

Arguments: the CSV, the bundle (a directory). Answers the descriptions as JSON.
"""
import csv, json, os, re, sys

path, bundle = sys.argv[1:]
octets = open(path, "rb").read()
text = octets.decode("utf-8")
assert not text.startswith("\ufeff") and "\r" not in text and text.endswith("\n")


def fgetcsv(text):
    """As PHP's fgetcsv by default: a backslash before a quote keeps it from ending the cell."""
    rows, row, cell, at, quoted, was_quoted = [], [], "", 0, False, False
    while at < len(text):
        c = text[at]
        if quoted:
            if c == "\\" and text[at + 1 : at + 2] == '"':
                cell += '\\"'
                at += 1
            elif c == '"' and text[at + 1 : at + 2] == '"':
                cell += '"'
                at += 1
            elif c == '"':
                quoted = False
            else:
                cell += c
        elif c == '"' and cell == "" and not was_quoted:
            quoted = was_quoted = True
        elif c in ",\n":
            row.append(cell)
            cell, was_quoted = "", False
            if c == "\n":
                rows.append(row)
                row = []
        else:
            cell += c
        at += 1
    assert not quoted and not row and cell == ""
    return rows


rows = list(csv.reader(text.splitlines(keepends=True)))
assert fgetcsv(text) == rows, "PHP reads other cells"
assert all(len(line.encode()) < 60000 for line in text.split("\n"))
header = rows[0]
template = """legacyId parentId qubitParentSlug accessionNumber identifier title levelOfDescription
extentAndMedium repository archivalHistory acquisition scopeAndContent appraisal accruals arrangement
accessConditions reproductionConditions language script languageNote physicalCharacteristics findingAids
locationOfOriginals locationOfCopies relatedUnitsOfDescription publicationNote digitalObjectPath
digitalObjectURI generalNote subjectAccessPoints placeAccessPoints nameAccessPoints genreAccessPoints
descriptionIdentifier institutionIdentifier rules descriptionStatus levelOfDetail revisionHistory
languageOfDescription scriptOfDescription sources archivistNote publicationStatus physicalObjectName
physicalObjectLocation physicalObjectType alternativeIdentifiers alternativeIdentifierLabels eventDates
eventTypes eventStartDates eventEndDates eventActors eventActorHistories culture""".split()
assert header == template and len(set(header)) == len(header)
assert len(rows) > 1 and all(len(row) == len(header) for row in rows)
records = [dict(zip(header, row)) for row in rows[1:]]

ids = [record["legacyId"] for record in records]
assert all(ids) and len(set(ids)) == len(ids)
assert not records[0]["parentId"] and records[0]["levelOfDescription"] == "Collection"
seen = set()
for record in records:
    assert not record["parentId"] or record["parentId"] in seen, "a parent comes before its children"
    seen.add(record["legacyId"])
for record in records[1:]:
    assert record["parentId"] == ids[0] and record["levelOfDescription"] == "Item"
    assert os.path.isfile(os.path.join(bundle, record["digitalObjectPath"])), record
for record in records:
    assert re.fullmatch(r"[a-z]{2}", record["culture"]), record["culture"]
    for code in filter(None, record["language"].split("|")):
        assert re.fullmatch(r"[a-z]{2}", code), code
    assert record["publicationStatus"] == "Draft" and record["descriptionStatus"] == "Draft"
    lists = [record[name].split("|") for name in
             ("eventTypes", "eventDates", "eventStartDates", "eventEndDates", "eventActors") if record[name]]
    assert len({len(values) for values in lists}) <= 1 and len(lists) in (0, 5), record
    for name in ("eventStartDates", "eventEndDates"):
        for day in filter(None, record[name].split("|")):
            assert day == "NULL" or re.fullmatch(r"\d{4}-\d\d-\d\d", day), day
    for value in record.values():
        assert value[:1] not in tuple("=+-@\t"), value
paths = [record["digitalObjectPath"] for record in records[1:]]
assert len(set(paths)) == len(paths)
print(json.dumps(records, ensure_ascii=False))
