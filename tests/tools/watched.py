"""What the masters hold, question by question, and when a question has changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
import yaml
from practicals import Step

MASTERS = ("theory.ipynb", "practical.ipynb")
_PRACTICAL = re.compile(r"p\d")


@dataclass(frozen=True)
class Question:
    """A question as it is re-tested.

    Attributes:
        name, master: such as "p7b" and "practical.ipynb".
        group: questions of the same group run in one process: "p7", or "theory".
        before: the cells that run before it: those of the notebook's beginning and of its practical.
        steps: its own solution and tests.
        rubrics: that its tests use.
        digest: of what its verdict depends on: its own cells, given cells before it, files that any of them name.
    """

    name: str
    master: str
    group: str
    before: tuple[Step, ...]
    steps: tuple[Step, ...]
    rubrics: tuple[str, ...]
    digest: str


def stamps(folder: Path) -> dict[Path, tuple[int, int]]:
    """Every file that is watched, with what changes when it is saved."""
    files = [folder / name for name in MASTERS]
    files += [*folder.glob("*.py"), *(path for name in _FOLDERS for path in (folder / name).rglob("*"))]
    found = {}
    for path in files:
        if path.is_file() and ".ipynb_checkpoints" not in path.parts and "__pycache__" not in path.parts:
            state = path.stat()
            found[path] = (state.st_mtime_ns, state.st_size)
    return found


_FOLDERS = ("rubrics", "data", "models", "hidden")


def questions(folder: Path) -> dict[str, Question]:
    """All questions of both masters.

    Raises:
        ValueError: a master is no notebook, as while it is being saved.
    """
    support = _support(folder)
    return {question.name: question for master in MASTERS for question in _read(folder / master, support)}


def _support(folder: Path) -> dict[str, str]:
    """What a cell can call a file (`expect`, `requests`, `gpt2`, `q08`) -> digest of the files so called."""
    digests: dict[str, str] = {}
    for path in sorted(stamps(folder)):
        if path.suffix == ".ipynb":
            continue
        place = path.relative_to(folder)
        name = place.parts[1] if place.parts[0] == "models" else path.stem
        digests[name] = hashlib.sha256(digests.get(name, "").encode() + path.read_bytes()).hexdigest()
    return digests


def _read(path: Path, support: Mapping[str, str]) -> list[Question]:
    found, given, own = [], [], []
    cells: list[str] = []  # ids and sources of the question
    question, block = "", ""
    for cell in nbformat.read(path, as_version=4).cells:
        first = cell.source.partition("\n")[0] if cell.cell_type == "raw" else ""
        if first == "# BEGIN QUESTION":
            question, own, cells = str(yaml.safe_load(cell.source)["name"]), [], []
        cells += [cell.id, cell.source]
        practical = _PRACTICAL.match(cell.id)
        if first == "# END QUESTION":
            found.append(_question(question, path.name, given, own, cells, support))
            given += [step for step in own if step.kind != "test" and step.practical]
            question = ""
        elif first.startswith(("# BEGIN ", "# END ")):
            block = first.removeprefix("# BEGIN ") if first.startswith("# BEGIN ") else ""
        elif cell.cell_type == "code":
            kind = {"SOLUTION": "solution", "TESTS": "test"}.get(block, "given")
            (own if question else given).append(
                Step(kind, practical.group() if practical else "", question, cell.id, cell.source)
            )
    return found


def _question(
    name: str, master: str, given: list[Step], own: list[Step], cells: list[str], support: Mapping[str, str]
) -> Question:
    practical = _PRACTICAL.match(name)
    group = practical.group() if practical else "theory"
    before = tuple(step for step in given if step.practical in ("", group))
    code = "\n".join(step.source for step in (*before, *own) if step.question in ("", name))
    mentioned = {word for word in re.findall(r"\w+", code) if word in support}
    rubrics = tuple(sorted(word for word in mentioned if re.fullmatch(r"q\d\d", word)))
    mentioned |= {"lexicon", "learned"} if rubrics else set()
    parts = [code, *cells, *(support[word] for word in sorted(mentioned) if word in support)]
    return Question(
        name, master, group, before, tuple(own), rubrics, hashlib.sha256("\0".join(parts).encode()).hexdigest()
    )
