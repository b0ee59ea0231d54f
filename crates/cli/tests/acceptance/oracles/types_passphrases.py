"""Runs the program on a terminal, and types what it asks for: a wrong passphrase, then the right one.

What is typed must not be seen, and the program must end well. Usage: FONDS ARGUMENTS...
"""

import os
import pty
import sys
import time

child, terminal = pty.fork()
if child == 0:
    os.execv(sys.argv[1], ["fonds", *sys.argv[2:]])
seen = b""


def until(what):
    """Reads on until the text was seen, or nothing more comes."""
    global seen
    while what is None or what not in seen:
        try:
            more = os.read(terminal, 4096)
        except OSError:
            more = b""
        if not more:
            assert what is None, seen
            return
        seen += more


def type_in(passphrase):
    """Types once the echo is off, which is so a moment after the question."""
    global seen
    until(b"Passphrase of bo: ")
    time.sleep(0.5)
    seen = b""
    os.write(terminal, passphrase + b"\n")


type_in(b"the ebb")
type_in(b"the tide")
until(None)
assert b"the tide" not in seen and b"the ebb" not in seen, seen
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, seen
