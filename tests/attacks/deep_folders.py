"""Nests folders so deeply that their paths are too long for every program that cleans up."""

# on: q8
# kind: accident
# ruff: noqa: PTH102, PTH109

import os

here = os.getcwd()
for _ in range(3000):
    os.mkdir("folder")
    os.chdir("folder")
os.mkdir("locked", 0)
os.chdir(here)
