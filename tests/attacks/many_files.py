"""Writes files of a size that is allowed until the disk is full."""

# on: q8
# kind: accident

import time
from pathlib import Path

for number in range(60):
    Path(f"file-{number}").write_bytes(bytes(19 * 2**20))
    time.sleep(0.05)
time.sleep(20)
