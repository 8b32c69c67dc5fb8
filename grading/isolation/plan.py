"""In which order a notebook's cells run and its questions are tested. No process here."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import nbformat

from ..submission import checked_questions


def plan(notebook: nbformat.NotebookNode, tests: Mapping[str, str]) -> tuple[list[str], list[range], list[list[str]]]:
    """The code cells; the stretches of cells up to each check; the questions that are tested after each stretch.

    A question is tested where a cell checks it for the last time; if none does, after the last cell.
    """
    cells: list[str] = []
    last: dict[str, int] = {}
    for cell in notebook.cells:
        metadata = cell.metadata if isinstance(cell.metadata, dict) else {}
        otter = metadata.get("otter")
        otter = otter if isinstance(otter, dict) else {}
        tags, named = (value if isinstance(value, list) else [] for value in (metadata.get("tags"), otter.get("tests")))
        if cell.cell_type != "code" or "otter_ignore" in tags or otter.get("ignore"):
            continue
        named = [name for name in named if isinstance(name, str)]
        for name in [*named, *checked_questions(cell.source)]:
            if name in tests:
                last[name] = len(cells)
        cells.append(cell.source)
    ends = [number + 1 for number in sorted(set(last.values()))]
    stretches = [range(start, stop) for start, stop in pairwise([0, *ends, len(cells)])]
    due = [[name for name, number in last.items() if number + 1 == end] for end in ends]
    return cells, stretches, [*due, [name for name in tests if name not in last]]
