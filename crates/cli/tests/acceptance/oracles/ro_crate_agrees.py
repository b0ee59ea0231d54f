"""Whether roc-validator calls a crate a valid RO-Crate 1.2, and whether it says what the bundle says.

usage: ro_crate_agrees.py CRATE FOLDER

Prints what it would rather have besides (severity RECOMMENDED), one check on a line. No network: the one
document that the validator fetches, the context, is that of the package `rocrate`. It has all terms of
1.2 and later ones besides.
"""

import csv
import hashlib
import importlib.util
import json
import sys
from pathlib import Path
from urllib.parse import unquote

import requests

CONTEXT_ADDRESS = "https://w3id.org/ro/crate/1.2/context"
PACKAGE = Path(importlib.util.find_spec("rocrate").submodule_search_locations[0])
CONTEXT = (PACKAGE / "data" / "ro-crate.jsonld").read_bytes()
# Terms of RO-Crate that came after 1.2.
LATER = {"source", "data", "timestamp", "owner", "program", "displayLocation", "numItems", "auditDate", "cause"}


def offline(session, method, url, **_):
    if url != CONTEXT_ADDRESS:
        raise requests.ConnectionError(f"no network in tests: {url}")
    response = requests.Response()
    response.status_code = 200
    response.url = url
    response.headers["Content-Type"] = "application/ld+json"
    response._content = CONTEXT
    return response


requests.Session.request = offline
requests.sessions.Session.request = offline

from rocrate_validator import models, services  # noqa: E402
from rocrate_validator.utils.http import HttpRequester  # noqa: E402

HttpRequester.initialize_cache(no_cache=True)

crate, folder = sys.argv[1:]


def issues(severity):
    settings = services.ValidationSettings(
        rocrate_uri=crate,
        profile_identifier="ro-crate-1.2",
        requirement_severity=severity,
        skip_availability_check=True,
        no_cache=True,
    )
    result = services.validate(settings)
    return [(str(issue.check.name), str(issue.message)) for issue in result.get_issues()]


required = issues(models.Severity.REQUIRED)
assert not required, "\n".join(map(str, required))

document = json.loads(Path(crate, "ro-crate-metadata.json").read_text(encoding="utf-8"))
graph = {entity["@id"]: entity for entity in document["@graph"]}
assert len(graph) == len(document["@graph"]), "an entity stands there twice"
known = json.loads(CONTEXT)["@context"]
for entity in document["@graph"]:
    for name in entity:
        assert name.startswith("@") or (name in known and name not in LATER), name


def references(value):
    if isinstance(value, dict):
        yield value["@id"]
    elif isinstance(value, list):
        for part in value:
            yield from references(part)


for entity in document["@graph"]:
    for name, value in entity.items():
        for target in references(value):
            assert target in graph or target.startswith("https://w3id.org/ro/crate/"), target

with open(Path(crate, folder, "metadata/manifest.csv"), encoding="utf-8-sig", newline="") as file:
    manifest = list(csv.DictReader(file))
files = {unquote(name): entity for name, entity in graph.items() if entity["@type"] == "File"}
for row in manifest:
    entity = files[f"{folder}/{row['path']}"]
    octets = Path(crate, folder, row["path"]).read_bytes()
    assert entity["contentSize"] == str(len(octets))
    assert entity.get("sha256", row["sha256"]) == hashlib.sha256(octets).hexdigest() or not row["sha256"]
    assert entity["identifier"] == row["item_id"]
on_disk = {str(path.relative_to(crate)) for path in Path(crate).rglob("*") if path.is_file()}
assert on_disk == set(files) | {"ro-crate-metadata.json"}, on_disk ^ set(files)

with open(Path(crate, folder, "metadata/events.csv"), encoding="utf-8-sig", newline="") as file:
    events = list(csv.DictReader(file))
for row in events:
    action = graph["#" + row["event_id"]]
    assert action["name"] == row["event_type"] and action["endTime"] == row["at"]
    assert (action["actionStatus"] == "http://schema.org/FailedActionStatus") == (row["outcome"] == "fail")

for check in sorted({name for name, _ in issues(models.Severity.RECOMMENDED)}):
    print(check)
