"""Removes modules that the process itself needs."""

# on: q8
# kind: accident

import sys

for name in list(sys.modules):
    if name.split(".")[0] in ("json", "IPython", "grading", "numpy", "socket", "struct", "select", "io"):
        del sys.modules[name]
