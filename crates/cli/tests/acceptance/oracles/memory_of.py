"""Runs a program with its answer in the file `answer`; prints the peak memory of it and of its own, in MiB, and its status."""
import resource, subprocess, sys

with open("answer", "wb") as answer:
    status = subprocess.run(sys.argv[1:], stdout=answer).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, status)
