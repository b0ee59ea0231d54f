"""Usage: FONDS PART WHOLE. Attacks a disclosure with manifests that agree; fonds and verify.py refuse each."""

import hashlib
import os
import shutil
import subprocess
import sys

fonds, part, whole = sys.argv[1:]
work = part + "-attacked"
kept = {}
for folder, _, names in os.walk(part):
    for name in names:
        path = os.path.relpath(os.path.join(folder, name), part)
        with open(os.path.join(part, path), "rb") as file:
            kept[path] = file.read()
opened = kept["seal/disclosure/opened.txt"].decode().splitlines()
proof = kept["seal/disclosure/proof.txt"].decode().splitlines()
LETTER = "data/open/letter-1.txt"
line = next(number for number, each in enumerate(opened) if each.endswith(LETTER))
index, salt, kind, size, digest, path = opened[line].split(" ", 5)


def agreeing(files):
    """The same files with manifests, Oxum and tag manifests that an insider makes anew."""
    files = dict(files)
    payload = {path: octets for path, octets in files.items() if path.startswith("data/")}
    info = files["bag-info.txt"].decode().splitlines()
    oxum = "Payload-Oxum: %d.%d" % (sum(map(len, payload.values())), len(payload))
    files["bag-info.txt"] = "".join((oxum if each.startswith("Payload-Oxum") else each) + "\n" for each in info).encode()
    for begin, chosen in (("manifest", lambda p: p.startswith("data/")),
                          ("tagmanifest", lambda p: not p.startswith(("data/", "seal/", "tagmanifest")))):
        for name in ("sha256", "sha512"):
            lines = (f"{hashlib.new(name, files[p]).hexdigest()}  {p}\n" for p in sorted(files, key=str.encode) if chosen(p))
            files[f"{begin}-{name}.txt"] = "".join(lines).encode()
    return files


def with_lists(new_opened=opened, new_proof=proof, more=(), less=()):
    files = {path: octets for path, octets in kept.items() if path not in less}
    files.update(more)
    files["seal/disclosure/opened.txt"] = "".join(each + "\n" for each in new_opened).encode()
    files["seal/disclosure/proof.txt"] = "".join(each + "\n" for each in new_proof).encode()
    return files


def with_line(**changes):
    fields = {"index": index, "salt": salt, "kind": kind, "size": size, "digest": digest, "path": path, **changes}
    changed = " ".join(fields[name] for name in ("index", "salt", "kind", "size", "digest", "path"))
    return opened[:line] + [changed] + opened[line + 1:]


def read(path):
    with open(path, "rb") as file:
        return file.read()


edited = b"an open letter, forged\n"
other = next(each for each in opened if each.endswith("letter-2.txt")).split(" ", 5)
stranger = {"data/open/added.txt": b"never sealed\n"}
sha = hashlib.sha256
inner = sha(b"\1" + bytes(32) + bytes(32)).hexdigest()
root = kept["seal/root.txt"].decode()
attacks = {
    "edit": with_lists(more={LETTER: edited}),
    "edit, with a leaf of its own": with_lists(
        with_line(size=str(len(edited)), digest=sha(edited).hexdigest()), more={LETTER: edited}),
    "rename": with_lists(with_line(path="data/open/letter-9.txt"),
                         more={"data/open/letter-9.txt": kept[LETTER]}, less=[LETTER]),
    "rename of the file alone": with_lists(more={"data/open/letter-9.txt": kept[LETTER]}, less=[LETTER]),
    "wrong index": with_lists(with_line(index=str((int(index) + 1) % 32))),
    "silent drop": with_lists(opened[:line] + opened[line + 1:], less=[LETTER]),
    "drop of the file alone": with_lists(less=[LETTER]),
    "drop of the leaf alone": with_lists(opened[:line] + opened[line + 1:]),
    "addition": with_lists(more=stranger),
    "addition of a withheld file without a leaf": with_lists(more={"data/mail/box.eml": read(whole + "/data/mail/box.eml")}),
    "short proof": with_lists(new_proof=proof[:-1]),
    "extra proof": with_lists(new_proof=proof + ["00" * 32]),
    "no proof": with_lists(new_proof=[]),
    "proof in another order": with_lists(new_proof=proof[::-1]),
    "opened twice": with_lists(opened[:line] + [opened[line]] * 2 + opened[line + 1:]),
    "size lie": with_lists(with_line(size=str(int(size) + 1))),
    "digest lie": with_lists(with_line(digest="00" * 32)),
    "a node as a leaf": with_lists(with_line(digest=inner)),
    "another kind": with_lists(with_line(kind="metadata")),
    "a decoy": with_lists(with_line(kind="decoy", size="0", digest="00" * 32, path="")),
    "boundary shift": with_lists(with_line(salt=salt[2:] + "00")),
    "salt of another": with_lists(with_line(salt=other[1])),
    "swapped contents": with_lists(more={LETTER: kept["data/open/letter-2.txt"], "data/open/letter-2.txt": kept[LETTER]}),
    "another label": with_lists(more={"seal/root.txt": root.replace("bundle-root/v1", "bundle-disclosure/v1").encode()}),
    "another size of the tree": with_lists(more={"seal/root.txt": root.replace("size 32", "size 64").encode()}),
    "the seed": with_lists(more={"seal/seed.txt": read(whole + "/seal/seed.txt")}),
    "no opened.txt": {path: octets for path, octets in kept.items() if not path.endswith("opened.txt")},
}
for name in ("seal/disclosure/opened.txt", "seal/disclosure/proof.txt"):
    flips = range(0, 8 * len(kept[name]), 61)
    for bit in flips:
        octets = bytearray(kept[name])
        octets[bit // 8] ^= 1 << bit % 8
        attacks[f"bit {bit} of {name}"] = {**kept, name: bytes(octets)}


def laid_out(files):
    shutil.rmtree(work, ignore_errors=True)
    for path, octets in files.items():
        full = os.path.join(work, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as file:
            file.write(octets)


def statuses():
    said = [subprocess.run(command, capture_output=True).returncode for command in (
        [fonds, "verify", work], [sys.executable, "-I", part + "/metadata/verify.py", work])]
    return said


laid_out(agreeing(kept))
assert statuses() == [0, 0], "untouched: %s" % statuses()
for name, files in attacks.items():
    laid_out(agreeing(files))
    ours, theirs = statuses()
    assert ours == 1, f"{name}: fonds ends with {ours}"
    assert theirs != 0, f"{name}: verify.py ends with {theirs}"
# Files that are on no list.
for name in ("metadata/extra.txt", "README.txt", "seal/disclosure/note.txt", "seal/disclosure/statement-01.txt"):
    laid_out({**agreeing(kept), name: b"data/mail/box.eml\n"})
    assert statuses() == [1, 1], f"{name}: {statuses()}"
# A whole bundle has no disclosure in it.
shutil.rmtree(work)
shutil.copytree(whole, work)
os.makedirs(work + "/seal/disclosure")
with open(work + "/seal/disclosure/statement.txt", "wb") as file:
    file.write(kept["seal/disclosure/statement.txt"])
assert statuses() == [1, 1], f"a statement in a whole bundle: {statuses()}"
# Statements, which verify.py does not read.
statement = kept["seal/disclosure/statement.txt"]
told = {
    "the seed as a statement": {1: read(whole + "/seal/seed.txt")},
    "a statement of another root": {1: statement.replace(b"root ", b"root 00", 1)[:-3] + b"\n"},
    "a statement of other slots": {1: statement.replace(b"slots 32", b"slots 64")},
    "a statement of more leaves": {1: statement.replace(b"opened 3", b"opened 4").replace(b"withheld 29", b"withheld 28")},
    "a gap": {2: statement},
    "words for a signature": {1: statement, "1.sig": b"words\n"},
    "a signature without a statement": {"1.sig": b"words\n"},
}
for name, files in told.items():
    names = {number: "seal/disclosure/statement-" + str(number).replace(".sig", ".txt.sig") for number in files}
    more = {names[n] if ".sig" in str(n) else names[n] + ".txt": octets for n, octets in files.items()}
    laid_out(agreeing({**kept, **more}))
    assert statuses()[0] == 1, f"{name}: fonds ends with {statuses()[0]}"
laid_out(agreeing({**kept, "seal/disclosure/statement-1.txt": statement}))
assert statuses() == [0, 0], "a statement as a merge leaves it: %s" % statuses()
print(len(attacks), "attacks refused")
