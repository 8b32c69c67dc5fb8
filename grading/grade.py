"""Grades submissions with an autograder zip and collects plain results."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from .submission import BadSubmission, read_submission, text_of

SECONDS_PER_SUBMISSION = 300


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
    """A graded submission; `error` says why there are no parts, if there are none."""

    file: str
    parts: tuple[Part, ...] = field(default=())
    error: str | None = None

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


def grade_all(submissions: Sequence[Path], autograder: Path) -> Iterator[Result]:
    """Grades the submissions, as many at a time as there are processors, and yields results in the given order."""
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        yield from pool.map(lambda path: grade(path, autograder), submissions)


def grade(submission: Path, autograder: Path) -> Result:
    """Grades one submission in a process of its own; whatever it is, there is a result."""
    try:
        notebook = read_submission(submission)
    except BadSubmission as error:
        return Result(submission.name, error=str(error))
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    with tempfile.TemporaryDirectory() as folder:
        copy, out = Path(folder) / "submission.ipynb", Path(folder) / "result.json"
        nbformat.write(notebook, copy)
        command = [sys.executable, "-m", "grading.worker", str(copy), str(autograder.resolve()), str(out)]
        try:
            subprocess.run(command, cwd=folder, capture_output=True, timeout=SECONDS_PER_SUBMISSION, check=False)
        except subprocess.TimeoutExpired:
            return Result(submission.name, error=f"it took longer than {SECONDS_PER_SUBMISSION} seconds")
        if not out.exists():
            return Result(submission.name, error="grading it ended without a result; please tell the instructor")
        return _result(submission.name, json.loads(out.read_text(encoding="utf-8")), notebook)


def _result(name: str, data: dict, notebook: nbformat.NotebookNode) -> Result:
    parts = [
        Part(
            part["name"], part["score"], part["possible"], tuple(part["credited"]), part["for_a_marker"],
            text_of(notebook, f"answer_{part['name'].removeprefix('q')}"),
        )
        for part in data["parts"]
    ]  # fmt: skip
    return Result(name, tuple(sorted(parts, key=lambda part: (len(part.name), part.name))), data["error"])
