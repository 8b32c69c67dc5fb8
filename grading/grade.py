"""Grades submissions with an autograder zip and collects plain results."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from .isolation.autograder import NOT_GRADED
from .isolation.results import FOR_A_MARKER
from .submission import BadSubmission, checked_questions, read_submission, text_of

SECONDS_PER_SUBMISSION = 1_800  # a backstop: the runner's own limits end a submission long before
_IDEA = re.compile(r"\bearns\(\w+, '\w+', '(\w)'\)")  # the idea cases are the first hidden ones, in this order


@dataclass(frozen=True)
class Part:
    """One question of a graded submission.

    Attributes:
        name: such as `q8`.
        score: points earned.
        possible: points that can be earned.
        credited: letters of the ideas that were recognised, in a theory question.
        for_a_marker: idea -> why a person has to look at it.
        answer: the student's text as it stands in the notebook.
    """

    name: str
    score: float
    possible: float
    credited: tuple[str, ...] = ()
    for_a_marker: Mapping[str, str] = field(default_factory=dict)
    answer: str = ""


@dataclass(frozen=True)
class Result:
    """A graded submission.

    Attributes:
        file: its name.
        parts: its questions, in order.
        error: why there are no parts, if there are none.
        notes: limits that were hit and processes that ended.
        seconds: wall time of grading it.
    """

    file: str
    parts: tuple[Part, ...] = ()
    error: str | None = None
    notes: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def score(self) -> float:
        return sum(part.score for part in self.parts)

    @property
    def possible(self) -> float:
        return sum(part.possible for part in self.parts)

    @property
    def for_a_marker(self) -> int:
        """How many ideas wait for a person."""
        return sum(len(part.for_a_marker) for part in self.parts)


def find_submissions(paths: Sequence[Path]) -> list[Path]:
    """The notebooks and zip files among the paths and directly inside those that are folders, in order of name.

    Raises:
        FileNotFoundError: a path does not exist, or there is no submission at all.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in path.iterdir() if p.suffix.lower() in (".ipynb", ".zip"))
        elif path.exists():
            found.append(path)
        else:
            raise FileNotFoundError(f"there is no file or folder {path}")
    if not found:
        raise FileNotFoundError("there are no notebooks or zip files in " + ", ".join(map(str, paths)))
    return found


def grade_all(submissions: Sequence[Path], autograders: Sequence[Path]) -> Iterator[Result]:
    """Grades the submissions, as many at a time as there are processors, and yields results in the given order."""
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        yield from pool.map(lambda path: grade(path, autograders), submissions)


def grade(submission: Path, autograders: Sequence[Path]) -> Result:
    """Grades one submission in a process of its own, with the autograder made for it; there is always a result."""
    try:
        notebook = read_submission(submission)
    except BadSubmission as error:
        return Result(submission.name, error=str(error))
    autograder = made_for(notebook, autograders)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        with zipfile.ZipFile(autograder) as archive:  # made by `make build`
            archive.extractall(root / "source")
        (root / "submission").mkdir()
        nbformat.write(notebook, root / "submission" / "submission.ipynb")
        command = [sys.executable, str(root / "source" / "run_otter.py"), str(root)]
        try:
            done = subprocess.run(
                command, cwd=root, capture_output=True, text=True, check=False, timeout=SECONDS_PER_SUBMISSION
            )
        except subprocess.TimeoutExpired:
            return Result(submission.name, error=f"it took longer than {SECONDS_PER_SUBMISSION} seconds")
        try:
            record = json.loads((root / "results" / "record.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Result(submission.name, error=f"{_why_not(root)} {done.stderr[-1000:].strip()}".strip())
        tests = {path.stem: path.read_text(encoding="utf-8") for path in (root / "source" / "tests").glob("*.py")}
        return _result(submission.name, record, tests, notebook)


def _why_not(root: Path) -> str:
    with contextlib.suppress(FileNotFoundError):
        tests = json.loads((root / "results" / "results.json").read_text(encoding="utf-8"))["tests"]
        return " ".join(test["output"].removeprefix(NOT_GRADED).strip() for test in tests)
    return ""


def made_for(notebook: nbformat.NotebookNode, autograders: Sequence[Path]) -> Path:
    """The autograder that has most of the questions that the notebook checks.

    The assignment's name in the metadata would be simpler, but not every editor keeps metadata.
    """
    checked = {name for cell in notebook.cells for name in checked_questions(cell.source)}
    return max(autograders, key=lambda path: len(checked & _questions(path)))


@functools.cache
def _questions(autograder: Path) -> frozenset[str]:
    with zipfile.ZipFile(autograder) as archive:
        return frozenset(Path(name).stem for name in archive.namelist() if re.fullmatch(r"tests/\w+\.py", name))


def _result(name: str, record: dict, tests: Mapping[str, str], notebook: nbformat.NotebookNode) -> Result:
    parts = [_part(question, tests[question["name"]], notebook) for question in record["questions"]]
    parts.sort(key=lambda part: (len(part.name), part.name))
    return Result(name, tuple(parts), notes=tuple(record["notes"]), seconds=record["seconds"])


def _part(question: dict, test: str, notebook: nbformat.NotebookNode) -> Part:
    name, cases = question["name"], question["cases"]
    ideas = list(zip(_IDEA.findall(test), (case for case in cases if case["hidden"])))
    waiting = [found for _, case in ideas if (found := FOR_A_MARKER.search(case["message"]))]
    for_a_marker = {found.group(1): found.group(2).strip() for found in waiting}
    return Part(
        name,
        question["score"],
        question["possible"],
        credited=tuple(idea for idea, case in ideas if case["passed"] and idea not in for_a_marker),
        for_a_marker=for_a_marker,
        answer=text_of(notebook, f"answer_{name.removeprefix('q')}"),
    )
