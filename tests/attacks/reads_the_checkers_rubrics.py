"""Finds the checker through the import system and reads the rubrics that lie beside it."""

# on: q8
# kind: leak
# ruff: noqa: SIM105

import importlib.util
import os
from pathlib import Path

loot = []
places = [Path(place) for place in os.environ.get("PYTHONPATH", "").split(os.pathsep) if place]
try:
    places += [Path(place).parent for place in importlib.util.find_spec("grading").submodule_search_locations]
except (AttributeError, ImportError):
    pass
for place in places:
    try:
        loot.append((place / "assignment" / "rubrics" / "q08.toml").read_text()[:80])
    except OSError:
        pass
