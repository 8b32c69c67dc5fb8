"""Runs a notebook and its tests in two other processes, keeps them within limits, and alone says what came of it."""

from __future__ import annotations

import contextlib
import re
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from .blame import Loss, blame
from .judge_process import JudgeProcess
from .limits import Limits
from .plan import plan
from .student import Lost, OutOfTime, Process, StudentProcess, start

if TYPE_CHECKING:
    from otter.test_files.abstract_test import TestCase

# Figures that student code can choose, and so could tell hidden inputs by: what stands in their place.
_FIGURES = {
    r"used [\d,]+ MiB of memory": "used too much memory",
    r"wrote (?:[\d,]+|inf) MiB of files": "wrote too many files",
    r" \((?:exit status|signal) \d+\)": "",
}
_CELLS_NAME = re.compile(r"<ipython-input-[^>]*>, ")  # in a SyntaxError, another one for every text
_LONGEST_ERROR, _MOST_ERRORS = 200, 50  # characters of what a cell raised; cells whose errors are kept


@dataclass(frozen=True)
class CaseOutcome:
    """One test case.

    Attributes:
        passed: whether it did.
        message: all that it said.
        shown: what students may read of that.
        place: the line of a public test that failed, as Otter says it.
    """

    passed: bool
    message: str = ""
    shown: str = ""
    place: str = ""


@dataclass
class Record:
    """What came of a notebook.

    Attributes:
        cases: question -> outcomes of its test cases, in order.
        notes: for the instructor: limits that were hit, processes that ended.
        raised: likewise: the cells that raised an error, and which.
        refused: protections that the system did not give, with reasons.
        seconds: wall time.
        made_with: the version that the notebook says it was made from, if it does.
    """

    cases: dict[str, list[CaseOutcome]]
    notes: list[str] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    spent: dict[str, float] = field(default_factory=dict)
    made_with: str | None = None


class Supervisor:
    """Grades one notebook.

    Args:
        notebook: the submission.
        tests: question -> source of its test file.
        files: the folder of support files.
        limits: what may be used.
        seed: if given, `random` and NumPy are seeded with it before every cell, as Otter does.
        start: makes the student's process.
    """

    def __init__(
        self,
        notebook: nbformat.NotebookNode,
        tests: Mapping[str, str],
        files: Path,
        limits: Limits,
        seed: int | None = None,
        start: Callable[..., Process] = start,
    ):
        self.tests, self.files, self.limits, self.seed, self.start = tests, files, limits, seed, start
        self.cases: dict[str, list[TestCase]] = {}
        self.cells, self.stretches, self.due = plan(notebook, tests)
        self.record = Record({question: [] for question in tests})
        self.losses: list[Loss] = []
        self.suspects: frozenset[int] = frozenset()  # cells that have left something running in this run
        self.interrupted: dict[int, str] = {}  # cell -> why; not run again
        self.raised: dict[int, str] = {}  # cell -> the error, in words
        self.left_out: dict[int, str] = {}  # cell -> why
        self.given_up: dict[str, str] = {}  # question -> why its other cases are not run
        self.out_of_time = ""  # or what to say of that
        self.started = False  # whether a student's process has ever been ready for the first cell
        self.asked = False  # whether student code has been sent anything of a hidden test

    def grade(self) -> Record:
        """Runs the notebook, begins again without what was lethal if need be, and says what came of it.

        Raises:
            RuntimeError: this machine cannot start a process for it.
        """
        began = time.monotonic()
        deadline = began + self.limits.total_seconds
        for _ in range(self.limits.restarts + 1):
            try:
                with contextlib.closing(StudentProcess(self.files, self.limits, deadline, self.start)) as student:
                    self._run(student)
                break
            except OutOfTime as over:
                self.record.notes.append(str(over))
                self.out_of_time = str(over)
                break
            except Lost as loss:
                self.record.notes.append(str(loss))
        if not (self.started or self.out_of_time):  # no student's doing: there must be no points to keep
            raise RuntimeError(f"no process could be started for the notebook: {self.record.notes[-1]}")
        self._fail_the_rest()
        self.record.raised = [f"cell {n + 1}: {self.raised[n]}" for n in sorted(self.raised)[:_MOST_ERRORS]]
        self.record.seconds = time.monotonic() - began
        return self.record

    def _run(self, student: StudentProcess) -> None:
        from . import judge  # brings Otter, which takes a second: meanwhile the student's process starts

        self.cases = self.cases or judge.cases(self.tests)
        self.record.refused = student.ready()
        self.started = True
        self.suspects = frozenset()
        judging = JudgeProcess(student, self.tests, self.files)
        try:
            for stretch, (cells, questions) in enumerate(zip(self.stretches, self.due)):
                with self._counted(questions):
                    for number in cells:
                        if number not in self.left_out:
                            self._cell(student, number, stretch)
                for question in questions:
                    with self._counted([question]):
                        self._question(student, judging, question, stretch)
        finally:
            judging.close()

    @contextlib.contextmanager
    def _counted(self, questions: Sequence[str]) -> Iterator[None]:
        began = time.monotonic()
        try:
            yield
        finally:
            for question in questions:
                spent = (time.monotonic() - began) / len(questions)
                self.record.spent[question] = self.record.spent.get(question, 0) + spent

    def _cell(self, student: StudentProcess, number: int, stretch: int) -> None:
        source, what = self.cells[number], f"cell {number + 1}"
        if self.seed is not None and not source.startswith("%%"):
            source = f"import random, numpy\nrandom.seed({self.seed}); numpy.random.seed({self.seed})\n{source}"
        before = student.running
        try:
            error, reason = student.run(source, what)
        except Lost as loss:
            self._lost(str(loss), stretch, cell=number)
            raise
        if student.running > before:
            self.suspects |= {number}
        if isinstance(error, dict) and not reason:
            self.raised[number] = _in_a_line(error)
        if reason:
            self.left_out[number] = self.interrupted[number] = self._told(reason)
            self.record.notes.append(reason)

    def _question(self, student: StudentProcess, judging: JudgeProcess, question: str, stretch: int) -> None:
        done = self.record.cases[question]
        while len(done) < len(self.cases[question]) and question not in self.given_up:
            case = self.cases[question][len(done)]
            try:
                verdict, reason = judging.try_case(question, len(done), f"a test of {question}")
            except Lost as loss:
                self.asked = self.asked or case.hidden
                self._lost(str(loss), stretch, question=question)
                raise
            if reason:
                self.record.notes.append(reason)
            self.asked = self.asked or (case.hidden and verdict["asked"])
            if verdict["alive"] or verdict["passed"]:
                done.append(self._outcome(case, verdict, reason))
            if not verdict["alive"]:
                why = reason or f"a test of {question} ended the notebook's process"
                self._lost(why, stretch, question=question)
                raise Lost(why)

    def _lost(self, why: str, stretch: int, cell: int | None = None, question: str = "") -> None:
        """Decides what is left out when the notebook is begun again."""
        self.losses.append(Loss(self._told(why), stretch, cell, question, self.suspects))
        found = blame(self.losses, self.stretches)
        self.left_out, self.given_up = found.cells | self.interrupted, found.questions
        for acquitted in found.acquitted:
            for question in self.due[acquitted]:
                self.record.cases[question].clear()

    def _told(self, reason: str) -> str:
        """What students are told of it."""
        for pattern, words in _FIGURES.items() if self.asked else ():
            reason = re.sub(pattern, words, reason)
        return reason

    def _outcome(self, case: TestCase, verdict: dict, reason: str) -> CaseOutcome:
        # Once a hidden input has been in the student's process, its words could carry that input to a visible place. So
        # could the words of an error that a hidden test did not mean to raise, such as a KeyError.
        quotable = not self.asked and not (case.hidden and (verdict["asked"] or not verdict["meant"]))
        message, place = _printable(verdict["message"]), _printable(verdict["place"])
        if reason:
            return CaseOutcome(False, reason, self._told(reason))
        if not quotable:
            return CaseOutcome(verdict["passed"], place + message)
        return CaseOutcome(verdict["passed"], place + message, message, "" if case.hidden else place)

    def _fail_the_rest(self) -> None:
        for question, done in self.record.cases.items():
            why = self.given_up.get(question) or self.out_of_time or "; ".join(dict.fromkeys(self.left_out.values()))
            missing = len(self.cases[question]) - len(done) if self.cases else 0
            why = why or "the notebook could not be run to this point"
            done += [CaseOutcome(False, why, why)] * missing


def _in_a_line(error: dict) -> str:
    """What a cell raised. The student's process says it, so that it may be anything: only texts are taken."""
    texts = [text[:_LONGEST_ERROR] for key in ("name", "message") if isinstance(text := error.get(key), str)]
    return " ".join(_printable(_CELLS_NAME.sub("", ": ".join(texts))).split())[:_LONGEST_ERROR]


def _printable(text: str) -> str:
    """Without what commands a terminal or has no place in a file: control characters, halves of surrogate pairs."""
    return "".join("�" if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" else c for c in text)
