"""Usage: VERIFY.PY BUNDLE PART DOCUMENT. A disclosure of one document, made by FORMAT.md, The seal."""

import hashlib
import hmac
import importlib.util
import os
import shutil
import sys

spec = importlib.util.spec_from_file_location("verify", sys.argv[1])
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)
_, _, bundle, part, document = sys.argv


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def root_of(leaves):
    middle = len(leaves) // 2
    return node(root_of(leaves[:middle]), root_of(leaves[middle:])) if middle else leaves[0]


def proof(begin, leaves, index):
    if not begin <= index < begin + len(leaves):
        return [root_of(leaves)]
    middle = len(leaves) // 2
    if not middle:
        return []
    return proof(begin, leaves[:middle], index) + proof(begin + middle, leaves[middle:], index)


with open(bundle + "/seal/seed.txt", encoding="ascii") as file:
    seed = bytes.fromhex(file.read())
paths = []
for folder, _, names in os.walk(bundle):
    paths += [os.path.relpath(os.path.join(folder, name), bundle) for name in names]
paths = sorted((path for path in paths if not path.startswith("seal/")), key=str.encode)
leaves = []
for number, path in enumerate(paths):
    with open(os.path.join(bundle, path), "rb") as file:
        octets = file.read()
    kind = "payload" if path.startswith("data/") else "metadata"
    salt = hmac.new(seed, b"bundle-salt/v1" + number.to_bytes(8, "big"), hashlib.sha256).digest()
    record = verify.record(kind, path, len(octets), hashlib.sha256(octets).digest())
    line = f"{salt.hex()} {kind} {len(octets)} {hashlib.sha256(octets).hexdigest()} {path}\n"
    leaves.append((hashlib.sha256(b"\0bundle-item/v1\0" + salt + record).digest(), path, line))
while len(leaves) & len(leaves) - 1:
    salt = hmac.new(seed, b"bundle-salt/v1" + len(leaves).to_bytes(8, "big"), hashlib.sha256).digest()
    decoy = verify.record("decoy", "", 0, bytes(32))
    leaves.append((hashlib.sha256(b"\0bundle-item/v1\0" + salt + decoy).digest(), "", ""))
leaves.sort()
index = [path for _, path, _ in leaves].index(document)
os.makedirs(os.path.dirname(os.path.join(part, document)))
os.makedirs(part + "/seal/disclosure")
shutil.copyfile(os.path.join(bundle, document), os.path.join(part, document))
shutil.copyfile(bundle + "/seal/root.txt", part + "/seal/root.txt")
with open(os.path.join(part, document), "rb") as file:
    octets = file.read()
tag_files = {
    "bag-info.txt": f"External-Identifier: part\nPayload-Oxum: {len(octets)}.1\nFonds-Format: 1\nFonds-Seal: bundle-root/v1\n",
    "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
    "manifest-sha256.txt": f"{hashlib.sha256(octets).hexdigest()}  {document}\n",
}
listed = "".join(f"{hashlib.sha256(text.encode()).hexdigest()}  {path}\n" for path, text in tag_files.items())
tag_files["tagmanifest-sha256.txt"] = listed
tag_files["seal/disclosure/opened.txt"] = f"{index} {leaves[index][2]}"
hashes = proof(0, [leaf for leaf, _, _ in leaves], index)
tag_files["seal/disclosure/proof.txt"] = "".join(each.hex() + "\n" for each in hashes)
for path, text in tag_files.items():
    with open(os.path.join(part, path), "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
print(len(leaves) - 1, "of", len(leaves))
