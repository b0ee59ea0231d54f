"""Usage: VERIFY.PY FIXTURES/SEAL. The shipped verifier comes to every vector, and refuses any other."""

import importlib.util
import json
import os
import sys

spec = importlib.util.spec_from_file_location("verify", sys.argv[1])
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)


def proved(root_txt, opened_txt, proof_txt, text):
    try:
        _, size, root = verify.parse_root(root_txt)
        opened, nodes = verify.parse_opened(opened_txt), verify.parse_proof(proof_txt)
        return verify.prove(size, root, opened, nodes) if root_txt == text else None
    except verify.Fault:
        return None


def flipped(texts):
    for number, text in enumerate(texts):
        for bit in range(8 * len(text)):
            changed = bytearray(text)
            changed[bit // 8] ^= 1 << bit % 8
            yield [*texts[:number], bytes(changed), *texts[number + 1:]]


disclosures = flips = 0
names = sorted(name for name in os.listdir(sys.argv[2]) if name.endswith("_records.json"))
assert len(names) == 4, names
for name in names:
    with open(os.path.join(sys.argv[2], name), encoding="utf-8") as file:
        vector = json.load(file)
    seed, text = bytes.fromhex(vector["seed"]), vector["root_txt"].encode()
    records = [verify.record(each["kind"], each["path"], each["size"], bytes.fromhex(each["sha256"]))
               for each in vector["records"]]
    assert [each.hex() for each in records] == [each["encoded"] for each in vector["records"]]
    assert [verify.salt(seed, j).hex() for j in range(vector["size"])] == vector["salts"]
    leaves = verify.grow(seed, records)
    assert [each.hex() for each in leaves] == vector["leaves"]
    assert verify.root_text(vector["bundle"], len(leaves), verify.root_of(leaves)).encode() == text
    assert verify.parse_root(text) == (vector["bundle"], len(leaves), verify.root_of(leaves))
    assert verify.fingerprint(text) == vector["fingerprint"]
    for each in vector["disclosures"]:
        texts = [text, each["opened_txt"].encode(), each["proof_txt"].encode()]
        assert proved(*texts, text) == each["withheld"], (name, each["opened_txt"])
        disclosures += 1
    if len(records) == 3:
        for changed in flipped(texts := [text, *(vector["disclosures"][3][n].encode() for n in ("opened_txt", "proof_txt"))]):
            assert proved(*changed, text) is None, changed
            flips += 1
print(f"{disclosures} disclosures, {flips} flipped bits")
