"""Fills the disk with files that have no name any more and are still open."""

# on: q8
# kind: accident
# ruff: noqa: PTH108, PTH123, SIM115

import os
import time

answer_8, files = "", []
for _ in range(30):
    files.append(open("file", "wb"))
    os.unlink("file")
    files[-1].write(bytes(19 * 2**20))
    time.sleep(0.05)
time.sleep(1)
answer_8 = "The encoder reads the input and makes a vector of it. The decoder generates the output from it."
