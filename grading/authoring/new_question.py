"""Puts a new question into its master: a small one that works, so that every later mistake is the last edit's."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat

from ..masters import Master, MasterError, read_master
from ..responses.rubric import rubric_name
from . import skeletons

_THEORY = re.compile(r"q([1-9]\d?)")
_PRACTICAL = re.compile(r"p([1-9])[a-z]")
_MAY_SAY_POINTS = ("README.md", "docs/instructors.md")


def new_question(name: str, root: Path) -> list[str]:
    """Adds question `name` to its master below `<root>/assignment`, behind the questions that it follows.

    Args:
        name: such as "q21" for the theory (which also gets a rubric), "p3f" for practical 3, "p9a" for a new practical.
        root: the repository.

    Returns:
        What was done and what is left to do, in lines.

    Raises:
        MasterError: there is such a question or rubric already, the name is none, or the master is malformed.
    """
    theory, practical = _THEORY.fullmatch(name), _PRACTICAL.fullmatch(name)
    if theory:
        return _add_theory(name, int(theory.group(1)), root)
    if practical:
        return _add_practical(name, int(practical.group(1)), root)
    raise MasterError(f"a question is called q21 (theory) or p3f (practical 3), not {name!r}")


def _add_theory(name: str, number: int, root: Path) -> list[str]:
    master = _master_without(name, root / "assignment" / "theory.ipynb")
    path = root / "assignment" / "rubrics" / f"{rubric_name(number)}.toml"
    if path.exists():
        raise MasterError(f"there is already a rubric {path.name}")
    path.write_text(skeletons.rubric(), encoding="utf-8")
    lines = _insert(master, [question.name for question in master.questions], skeletons.theory(number))
    return [f"wrote {path.relative_to(root)}", *lines, *_totals(master, root)]


def _add_practical(name: str, number: int, root: Path) -> list[str]:
    master = _master_without(name, root / "assignment" / "practical.ipynb")
    parts = [question.name for question in master.questions if question.name.startswith(f"p{number}")]
    cells = skeletons.practical(name)
    lines = _insert(master, parts, cells if parts else [skeletons.card(number), *cells])
    return [*lines, *_totals(master, root, f"p{number}"), *_totals(master, root)]


def _master_without(name: str, path: Path) -> Master:
    master = read_master(path)
    if name in [question.name for question in master.questions]:
        raise MasterError(f"{path.name} has a question {name} already")
    return master


def _insert(master: Master, before: list[str], cells: list[nbformat.NotebookNode]) -> list[str]:
    """Writes the master with the cells behind the last of the questions `before`, or at its end if there is none."""
    notebook = master.notebook
    place = _ends(notebook)[before[-1]] if before else len(notebook.cells)
    notebook.cells[place:place] = cells
    nbformat.write(notebook, master.path)
    return [f"wrote {master.path.name}: {len(cells)} cells behind {before[-1] if before else 'all others'}"]


def _ends(notebook: nbformat.NotebookNode) -> dict[str, int]:
    """Question -> the place behind its last cell."""
    ends, name = {}, ""
    for place, cell in enumerate(notebook.cells):
        begun = re.match(r"# BEGIN QUESTION\n(?:.*\n)*?name: *(\w+)", cell.source) if cell.cell_type == "raw" else None
        name = begun.group(1) if begun else name
        if cell.cell_type == "raw" and cell.source.startswith("# END QUESTION"):
            ends[name] = place + 1
    return ends


def _totals(before: Master, root: Path, start: str = "") -> list[str]:
    """The points of all questions whose names begin so, and the lines that still name the points before."""
    after = read_master(before.path)  # also shows that it can be built
    old, new = (sum(q.points for q in master.questions if q.name.startswith(start)) for master in (before, after))
    places = (cell for cell in after.notebook.cells if cell.id in ("introduction", f"{start}-card"))
    texts = [(f"{after.path.name}, {cell.id}", cell.source) for cell in places]
    if not start:
        texts += [(name, (root / name).read_text(encoding="utf-8")) for name in _MAY_SAY_POINTS]
    lines = [(place, line) for place, text in texts for line in text.splitlines() if "point" in text.lower()]
    stale = [f"  {place}: {line.strip()}" for place, line in lines if old and re.search(rf"\b{old:g}\b", line)]
    total = f"{start or before.path.stem}: {new:g} points, before {old:g}"
    return [total, *(["these lines may still say what was before:", *stale] if stale else [])]
