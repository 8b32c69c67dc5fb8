"""Reads the environment of the process that has started the notebook."""

# on: q8
# kind: leak
# ruff: noqa: SIM105

import os
from pathlib import Path

loot = []
try:
    loot = [
        entry
        for entry in (Path("/proc") / str(os.getppid()) / "environ").read_bytes().split(b"\0")
        if b"canary" in entry
    ]
except OSError:
    pass
