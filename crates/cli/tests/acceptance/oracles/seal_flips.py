"""Usage: VERIFY.PY BUNDLE. Any flipped bit of the seal, and some of every other file, is noticed."""

import contextlib
import importlib.util
import io
import os
import sys

spec = importlib.util.spec_from_file_location("verify", sys.argv[1])
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)


def status():
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")):
        return verify.main(["verify.py", sys.argv[2]])


assert status() == 0
flips = 0
for folder, _, names in os.walk(sys.argv[2]):
    for path in (os.path.join(folder, name) for name in names):
        with open(path, "rb") as file:
            octets = file.read()
        is_seal = os.path.basename(folder) == "seal"
        for bit in range(0, 8 * len(octets), 1 if is_seal else max(1, 8 * len(octets) // 3)):
            changed = bytearray(octets)
            changed[bit // 8] ^= 1 << bit % 8
            with open(path, "wb") as file:
                file.write(changed)
            assert status() != 0, (path, bit)
            flips += 1
        with open(path, "wb") as file:
            file.write(octets)
assert status() == 0
print(flips, "flipped bits")
