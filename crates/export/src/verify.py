"""Checks a bundle without the program that made it.

    python3 verify.py BUNDLE.zip            or a directory; or, in an unpacked bundle,
    python3 metadata/verify.py .

Python 3.8 or later, and nothing else. It writes nothing, follows no link and connects nowhere. It
compares every file with all manifests and tag manifests (RFC 8493), and computes the root of the seal
anew (FORMAT.md of the program fonds, section The seal). Of a disclosure, which holds a part of a bundle,
it proves that each document is of the sealed whole. It does not check signatures, nor hold the ZIP and
the sheets to all rules. Exit status: 0 all agrees, 1 something does not, 2 could not be checked.
"""
import hashlib
import hmac
import os
import re
import sys
import zipfile
import zlib

HEX32 = re.compile("[0-9a-f]{64}")
NUMBER = re.compile("0|[1-9][0-9]{0,19}")
OPENED = re.compile("(%s) ([0-9a-f]{64}) (payload|metadata) (%s) ([0-9a-f]{64}) (.+)" % ((NUMBER.pattern,) * 2))
OF_DISCLOSURE = re.compile("seal/disclosure/((opened|proof)[.]txt|statement(-[1-9][0-9]*)?[.]txt([.]sig)?)")
FORBIDDEN = re.compile("[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
MOST = 1 << 30  # octets of a text that is read whole

class Fault(Exception):
    """Something is not what it has to be."""

def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()

def record(kind, path, size, digest):
    """Each field behind its length."""
    fields = kind.encode(), path.encode(), size.to_bytes(8, "big"), digest
    return b"".join(len(field).to_bytes(8, "big") + field for field in fields)

def salt(seed, number):
    return hmac.new(seed, b"bundle-salt/v1" + number.to_bytes(8, "big"), hashlib.sha256).digest()

def leaf(salt_, record_):
    return sha256(b"\0bundle-item/v1\0", salt_, record_)

def node(left, right):
    return sha256(b"\1", left, right)

def root_of(leaves):
    level = list(leaves) or [sha256()]
    while len(level) > 1:
        odd = level[-1:] if len(level) % 2 else []
        level = [node(level[n], level[n + 1]) for n in range(0, len(level) - 1, 2)] + odd
    return level[0]

def grow(seed, records):
    """The sorted leaves over records that are sorted by path, with decoys."""
    records = list(records)
    size = 1 << (len(records) - 1).bit_length() if records else 0
    records += [record("decoy", "", 0, bytes(32))] * (size - len(records))
    return sorted(leaf(salt(seed, number), each) for number, each in enumerate(records))

def root_from(size, opened, nodes):
    """The root that opened leaves (index and hash) and the hashes of a proof lead to."""
    indices, leaves = [index for index, _ in opened], [each for _, each in opened]
    if sorted(set(indices)) != indices or sorted(set(leaves)) != leaves or max(indices, default=-1) >= size:
        raise Fault("opened leaves are not in their order, or lie beyond the tree")
    rest = list(reversed(nodes))

    def joined(begin, length, some):
        if not some:
            if not rest:
                raise Fault("the proof is too short")
            return rest.pop()
        if length == 1:
            return some[0][1]
        left = 1 << (length - 1).bit_length() - 1
        before = [each for each in some if each[0] < begin + left]
        left_root = joined(begin, left, before)
        return node(left_root, joined(begin + left, length - left, some[len(before):]))

    root = joined(0, size, opened) if size else root_of([])
    if rest:
        raise Fault("the proof has hashes that it does not need")
    return root

def root_text(name, size, root):
    return "bundle-root/v1\nbundle %s\nalg sha256\nsize %d\nroot %s\nformat 1\n" % (name, size, root.hex())

def parse_root(octets):
    """Name, size and hash of a root.txt in its one form."""
    try:
        lines = octets.decode("utf-8").split("\n")
        name, size, root = lines[1][len("bundle "):], lines[3][len("size "):], lines[4][len("root "):]
        name_is_plain = not FORBIDDEN.search(name)
        if name_is_plain and NUMBER.fullmatch(size) and HEX32.fullmatch(root) and len(octets) <= 4096:
            size, root = int(size), bytes.fromhex(root)
            if not size & size - 1 and size >> 64 == 0 and root_text(name, size, root).encode() == octets:
                return name, size, root
    except (UnicodeDecodeError, IndexError):
        pass
    raise Fault("seal/root.txt is not in its one form")

def parse_seed(octets):
    if re.fullmatch(b"[0-9a-f]{64}\n", octets):
        return bytes.fromhex(octets[:64].decode())
    raise Fault("seal/seed.txt is not 64 digits 0-9 and a-f and a line feed")

def fingerprint(octets):
    """Ten groups of five digits over the text of the root."""
    digest = hashlib.sha512(b"bundle-fingerprint/v1\n" + octets).digest()
    numbers = (int.from_bytes(digest[5 * n:5 * n + 5], "big") % 100000 for n in range(10))
    return " ".join("%05d" % number for number in numbers)

def lines_of(octets, name):
    text = octets.decode("utf-8", "replace")
    if text.encode() != octets or text and not text.endswith("\n"):
        raise Fault(name + " is not UTF-8, or does not end in a line feed")
    return text.split("\n")[:-1]

def is_plain(path):
    wrong = (part in ("", ".", "..") or re.match("[A-Za-z]:", part) for part in path.split("/"))
    return "\0" not in path and "\\" not in path and not any(wrong)

def encode_path(path):
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")

def decode_path(written):
    return written.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")

def parse_opened(octets):
    """Index, salt, kind, size, digest and path of each opened leaf."""
    opened = []
    for line in lines_of(octets, "seal/disclosure/opened.txt"):
        match = OPENED.fullmatch(line)
        path = decode_path(match[6]) if match else ""
        is_its = match and match[3] == ("payload" if path.startswith("data/") else "metadata")
        if (not is_its or encode_path(path) != match[6] or not is_plain(path) or path.startswith("seal/")
                or max(int(match[1]), int(match[4])) >> 64):
            raise Fault("seal/disclosure/opened.txt: not `INDEX SALT KIND SIZE SHA256 PATH`: " + line)
        salt_, digest = bytes.fromhex(match[2]), bytes.fromhex(match[5])
        opened.append((int(match[1]), salt_, match[3], int(match[4]), digest, path))
    return opened

def parse_proof(octets):
    lines = lines_of(octets, "seal/disclosure/proof.txt")
    if not all(HEX32.fullmatch(line) for line in lines):
        raise Fault("seal/disclosure/proof.txt: a line is not 64 digits 0-9 and a-f")
    return [bytes.fromhex(line) for line in lines]

def prove(size, root, opened, nodes):
    """How many leaves stay closed, if all opened ones are in the tree of this root."""
    if any(len({each[number] for each in opened}) != len(opened) for number in (1, 5)):
        raise Fault("two opened leaves have one salt or one path")
    leaves = [(index, leaf(salt_, record(kind, path, length, digest)))
              for index, salt_, kind, length, digest, path in opened]
    if root_from(size, leaves, nodes) != root:
        raise Fault("the opened leaves are not those of the sealed bundle")
    return size - len(opened)

def shown(text):
    return "".join(c if c.isprintable() else "\\u%04x" % ord(c) for c in text)

class Bag:
    """The files of a ZIP or directory by their paths below the base directory."""
    def __init__(self, path):
        self.files = {}
        if os.path.isdir(path):
            below = sorted(os.path.join(path, name) for name in os.listdir(path))
            bases = [base for base in [path] + below if os.path.isfile(os.path.join(base, "bagit.txt"))]
            self.base = bases[0] if bases else path
            for folder, folders, names in os.walk(self.base):
                for name in folders + names:
                    full = os.path.join(folder, name)
                    inside = os.path.relpath(full, self.base).replace(os.sep, "/")
                    if os.path.islink(full) or not (os.path.isfile(full) or os.path.isdir(full)):
                        raise Fault("neither a file nor a directory: " + shown(inside))
                    if os.path.isfile(full):
                        self.files[inside] = full
            self.open = lambda inside: open(self.files[inside], "rb")
        else:
            archive = zipfile.ZipFile(path)
            for info in archive.infolist():
                inside = info.filename.partition("/")[2]
                if inside in self.files or not is_plain(info.filename.rstrip("/")):
                    raise Fault("a name twice, or one that leads elsewhere: " + shown(info.filename))
                if not info.is_dir():
                    self.files[inside] = info
            if len({name.partition("/")[0] for name in archive.namelist()}) != 1:
                raise Fault("there is not one top directory")
            self.open = lambda inside: archive.open(self.files[inside])

    def text(self, path):
        if path not in self.files:
            raise Fault("missing: " + path)
        with self.open(path) as file:
            return file.read(MOST)

    def sums(self, path, algorithms):
        running, size = [hashlib.new(name) for name in algorithms], 0
        with self.open(path) as file:
            for octets in iter(lambda: file.read(1 << 20), b""):
                size += len(octets)
                for each in running:
                    each.update(octets)
        return size, {each.name: each.digest() for each in running}

def check_manifests(bag, sums, faults):
    """Every file in every manifest, and as it says; answers the files that no manifest protects."""
    loose = {path for path in bag.files if not path.startswith(("data/", "seal/", "tagmanifest-"))}
    for name in sorted(bag.files):
        match = re.fullmatch("(tag)?manifest-([a-z0-9]+)[.]txt", name)
        if not match:
            continue
        listed = {}
        for line in lines_of(bag.text(name), name):
            digest, _, written = line.partition("  ")
            if decode_path(written) in listed:
                faults.append("%s lists a file twice: %s" % (name, shown(written)))
            listed[decode_path(written)] = digest
        loose -= set(listed) if match[1] else set()
        wanted = {path for path in bag.files if path.startswith("manifest-" if match[1] else "data/")}
        for path in sorted(wanted | set(listed)):
            if path not in bag.files:
                faults.append("missing: %s (%s lists it)" % (shown(path), name))
            elif path not in listed or path.startswith("data/") == bool(match[1]):
                faults.append("not as listed: %s (%s)" % (shown(path), name))
            elif listed[path] != sums[path][1][match[2]].hex():
                faults.append("altered: %s (%s)" % (shown(path), name))
    return loose

def check_seal(bag, sums, info, loose, faults):
    if "seal/root.txt" not in bag.files:
        faults.extend(["the seal was taken away: there is no seal/root.txt"] if "Fonds-Seal" in info else [])
        return print("no seal: a bundle of before, or another bag")
    if info.get("Fonds-Seal", "bundle-root/v1") != "bundle-root/v1":
        raise ValueError("the seal is of another kind, " + info["Fonds-Seal"])
    text = bag.text("seal/root.txt")
    name, size, root = parse_root(text)
    of_part = {path for path in sums if path.startswith("seal/disclosure/")}
    if "seal/disclosure/opened.txt" in bag.files:
        of_part = loose | {path for path in of_part if not OF_DISCLOSURE.fullmatch(path)}
        opened = parse_opened(bag.text("seal/disclosure/opened.txt"))
        withheld = prove(size, root, opened, parse_proof(bag.text("seal/disclosure/proof.txt")))
        if "seal/seed.txt" in bag.files:
            faults.append("a disclosure with seal/seed.txt, which opens all that was withheld")
        for _, _, _, length, digest, path in opened:
            if path not in sums or (length, digest) != (sums[path][0], sums[path][1]["sha256"]):
                faults.append("not what was sealed: " + shown(path))
        known = {path for _, _, _, _, _, path in opened}
        faults.extend("not proved to be of the sealed bundle: " + shown(path)
                      for path in sums if path.startswith("data/") and path not in known)
        print("a disclosure of `%s`: %d of %d slots withheld" % (shown(name), withheld, size))
    elif "seal/seed.txt" in bag.files:
        paths = (path for path in sums if not path.startswith("seal/") and path not in loose)
        paths = sorted(paths, key=os.fsencode)
        kinds = (("payload" if path.startswith("data/") else "metadata", path) for path in paths)
        leaves = grow(parse_seed(bag.text("seal/seed.txt")),
                      (record(kind, path, sums[path][0], sums[path][1]["sha256"]) for kind, path in kinds))
        if root_text(info.get("External-Identifier", ""), len(leaves), root_of(leaves)).encode() != text:
            faults.append("altered since it was sealed: the files do not lead to seal/root.txt")
    else:
        faults.append("seal/seed.txt is missing: the root cannot be computed anew")
    faults.extend("nothing vouches for it: " + shown(path) for path in sorted(of_part))
    print("root " + root.hex())
    print("fingerprint " + fingerprint(text))
    vouched = [path for path in sums if path.startswith(("seal/signatures/", "seal/timestamps/"))]
    print("signatures and timestamps, not checked here: %d (ssh-keygen -Y verify, openssl cms -verify and "
          "openssl ts -verify check them)" % len(vouched))

def main(arguments):
    sys.stdout.reconfigure(errors="backslashreplace")
    if len(arguments) != 2:
        print(__doc__)
        return 2
    faults = []
    try:
        bag = Bag(arguments[1])
        named = [re.fullmatch("((?:tag)?manifest)-([a-z0-9]+)[.]txt", name) for name in bag.files]
        algorithms = {match[2] for match in filter(None, named)} | {"sha256"}
        sums = {path: bag.sums(path, algorithms) for path in bag.files}
        lines = lines_of(bag.text("bag-info.txt"), "bag-info.txt")
        info = dict(line.split(": ", 1) for line in lines if ": " in line)
        payload = [size for path, (size, _) in sums.items() if path.startswith("data/")]
        if info.get("Payload-Oxum") != "%d.%d" % (sum(payload), len(payload)):
            faults.append("Payload-Oxum is not %d.%d" % (sum(payload), len(payload)))
        if "manifest" not in {match[1] for match in filter(None, named)}:
            faults.append("there is no payload manifest")
        loose = check_manifests(bag, sums, faults)
        print("".join("no manifest protects %s\n" % shown(path) for path in sorted(loose)), end="")
        check_seal(bag, sums, info, loose, faults)
    except (Fault, UnicodeError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        faults.append(str(error) or "a file ends too early")
    except Exception as error:  # whatever else is wrong with it, it is not called sound
        print("cannot be checked: %s %s" % (type(error).__name__, shown(str(error))))
        return 2
    print("".join(shown(fault) + "\n" for fault in faults), end="")
    print("ALTERED" if faults else "CONSISTENT: every file agrees; who vouches for it, signatures tell")
    return 1 if faults else 0

if __name__ == "__main__":
    sys.exit(main(sys.argv))
