"""Deletes the working directory and everything in it, and forbids itself to enter it."""

# on: q8
# kind: accident
# ruff: noqa: PTH101, PTH107, PTH112, PTH208

import os
import shutil

for name in os.listdir():
    shutil.rmtree(name, ignore_errors=True) if os.path.isdir(name) else os.remove(name)
os.chmod(".", 0)
