"""Grades submissions, each in the process of the zip that was made for it, and collects plain results."""

from __future__ import annotations

import contextlib
import re
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import nbformat

from . import __version__
from .files import LONGEST_NAME
from .grader import Autograder, Grader
from .isolation.results import FOR_A_MARKER
from .result import Case, Part, Result
from .submission import BadSubmission, checked_questions, read_submission, text_of

_IDEA = re.compile(r"\bearns\(\w+, '\w+', '(\w)'\)")  # the idea cases are the first hidden ones, in this order
_TEST = re.compile(r"^def (\w+)\(", re.MULTILINE)
_LONGEST_WORK = 30_000  # characters that are kept of an answer or of code


class GraderPool:
    """Grades submissions; every thread that does has a process of its own for every zip."""

    def __init__(self) -> None:
        self._own = threading.local()
        self._all: set[Grader] = set()
        self._closed = False

    def grade(self, file: str, data: bytes, *autograders: Autograder) -> Result:
        """Grades one submission with the autograder made for it; there is always a result.

        Raises:
            UnusableZip: the zip cannot be graded with.
        """
        try:
            notebook = _read(file, data)
        except BadSubmission as error:
            return Result(file, error=str(error), version=__version__, made_from=autograders[0].made_from(data))
        autograder = _best(notebook, autograders)
        result = Result(file, assignment=autograder.name, version=__version__, made_from=autograder.made_from(data))
        grader = self._grader(autograder)
        try:
            record = grader.grade(notebook)
        except RuntimeError as error:
            self._all.discard(grader)
            grader.close()
            return replace(result, error=str(error), made_from="")  # next time it may be otherwise
        notes = (*grader.notes, *record.get("notes", ()))
        raised = tuple(record.get("raised", ()))
        result = replace(result, version=grader.version, notes=notes, raised=raised)
        if "error" in record:
            return replace(result, error=record["error"])
        parts = _parts(record, autograder.tests, notebook)
        return replace(result, parts=parts, seconds=round(record["seconds"], 3), refused=record["refused"])

    def _grader(self, autograder: Autograder) -> Grader:
        graders = self._own.__dict__
        if graders.get(autograder.digest) not in self._all:
            graders[autograder.digest] = Grader(autograder)
            self._all.add(graders[autograder.digest])
            if self._closed:  # while it was starting
                self.close()
                raise RuntimeError("grading was stopped")
        return graders[autograder.digest]

    def close(self) -> None:
        """Ends all processes, for good."""
        self._closed = True
        while self._all:
            self._all.pop().close()


def grade(submission: Path, autograders: Sequence[Path]) -> Result:
    """Grades one submission with the autograder made for it; there is always a result."""
    with contextlib.closing(GraderPool()) as pool:
        return pool.grade(submission.name, submission.read_bytes(), *map(Autograder.read, autograders))


def _read(file: str, data: bytes) -> nbformat.NotebookNode:
    with tempfile.TemporaryDirectory() as folder:
        name = Path(file).name
        path = Path(folder) / (name if len(name.encode()) <= LONGEST_NAME else f"submission{Path(file).suffix}")
        path.write_bytes(data)
        return read_submission(path)


def made_for(notebook: nbformat.NotebookNode, autograders: Sequence[Path]) -> Path:
    """The autograder that has most of the questions that the notebook checks."""
    best = _best(notebook, [Autograder.read(path) for path in autograders])
    return next(path for path in autograders if path.stem == best.name)


def _best(notebook: nbformat.NotebookNode, autograders: Sequence[Autograder]) -> Autograder:
    """The assignment's name in the metadata would be simpler, but not every editor keeps metadata."""
    checked = {name for cell in notebook.cells for name in checked_questions(cell.source)}
    return max(autograders, key=lambda autograder: len(checked & autograder.tests.keys()))


def _parts(record: dict, tests: Mapping[str, str], notebook: nbformat.NotebookNode) -> tuple[Part, ...]:
    work = _code_before_checks(notebook)
    parts = [_part(question, tests[question["name"]], notebook, work) for question in record["questions"]]
    return tuple(sorted(parts, key=lambda part: (len(part.name), part.name)))


def _part(question: dict, test: str, notebook: nbformat.NotebookNode, work: Mapping[str, str]) -> Part:
    name, cases, letters = question["name"], question["cases"], _IDEA.findall(test)
    ideas = list(zip(letters, (case for case in cases if case["hidden"])))
    waiting = [(idea, found) for idea, case in ideas if (found := FOR_A_MARKER.search(case["message"]))]
    # an answer can raise what reads like our message, so the letter is the test's
    for_a_marker = {idea: found.group(2).strip() for idea, found in waiting if found.group(1) == idea}
    letter_of = {id(case): idea for idea, case in ideas}
    answer = text_of(_tested(notebook, name), f"answer_{name[1:]}") if letters else work.get(name, "")
    return Part(
        name,
        question["score"],
        question["possible"],
        credited=tuple(idea for idea, case in ideas if case["passed"] and idea not in for_a_marker),
        for_a_marker=for_a_marker,
        answer=answer[:_LONGEST_WORK],
        seconds=question["seconds"],
        cases=tuple(
            Case(letter_of.get(id(case), test_name), case["hidden"], case["points"], case["passed"], case["message"])
            for test_name, case in zip(_TEST.findall(test), cases)
        ),
    )


def _tested(notebook: nbformat.NotebookNode, question: str) -> list[nbformat.NotebookNode]:
    """The cells up to the last check of the question, where it is tested: what comes later does not count."""
    last = [n for n, cell in enumerate(notebook.cells) if question in checked_questions(cell.source)]
    return notebook.cells[: last[-1] + 1 if last else None]


def _code_before_checks(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """Question -> code of the cells before its check, from the check before on."""
    found: dict[str, str] = {}
    cells: list[str] = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            questions = checked_questions(cell.source)
            found |= dict.fromkeys(questions, "\n\n".join(cells))
            cells = [] if questions else [*cells, cell.source]
    return found
