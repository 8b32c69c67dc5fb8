"""Runs a notebook and its tests in two other processes, keeps them within limits, and alone says what came of it."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import time
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from ..submission import checked_questions
from .limits import Limits
from .student import Lost, StudentProcess
from .wire import Channel, WireError

if TYPE_CHECKING:
    from otter.test_files.abstract_test import TestCase

_JUDGE_MIB = 512
_FAILED = "❌ Test case failed"
_MANY_IN_A_ROW = 3  # losses in neighbouring questions after which the first of them is suspected of the others
# Figures that student code can choose, and so could tell hidden inputs by: what stands in their place.
_FIGURES = {
    r"used [\d,]+ MiB of memory": "used too much memory",
    r"wrote (?:[\d,]+|inf) MiB of files": "wrote too many files",
    r" \((?:exit status|signal) \d+\)": "",
}


@dataclass(frozen=True)
class CaseOutcome:
    """One test case: whether it passed, what the instructor may see, and what students may see."""

    passed: bool
    message: str
    shown: str


@dataclass
class Record:
    """What came of a notebook.

    Attributes:
        cases: question -> outcomes of its test cases, in order.
        notes: for the instructor: limits that were hit, processes that ended.
        refused: protections that the system did not give, with reasons.
        seconds: wall time.
    """

    cases: dict[str, list[CaseOutcome]]
    notes: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(frozen=True)
class _Loss:
    """A process that was lost: in which cell or in a test of which question, before which check, and why."""

    why: str
    check: int | None
    cell: int | None = None
    question: str | None = None


class Supervisor:
    """Grades one notebook.

    Args:
        notebook: the submission.
        tests: question -> source of its test file.
        files: the folder of support files.
        limits: what may be used.
        seed: if given, `random` and NumPy are seeded with it before every cell, as Otter does.
    """

    def __init__(
        self,
        notebook: nbformat.NotebookNode,
        tests: Mapping[str, str],
        files: Path,
        limits: Limits,
        seed: int | None = None,
    ):
        self.tests, self.files, self.limits, self.seed = tests, files, limits, seed
        self.cases: dict[str, list[TestCase]] = {}
        self.cells, self.due = _plan(notebook, tests)
        self.record = Record({question: [] for question in tests})
        self.losses: list[_Loss] = []
        self.interrupted: dict[int, str] = {}  # cell -> why; not run again
        self.left_out: dict[int, str] = {}  # cell -> why
        self.given_up: dict[str, str] = {}  # question -> why its other cases are not run
        self.asked = False  # whether student code has been sent anything of a hidden test

    def grade(self) -> Record:
        """Runs the notebook, begins again without what was lethal if need be, and says what came of it."""
        began = time.monotonic()
        deadline = began + self.limits.total_seconds
        for _ in range(self.limits.restarts + 1):
            student = StudentProcess(self.files, self.limits, deadline)
            try:
                self._run(student)
                break
            except Lost as loss:
                self.record.notes.append(str(loss))
            finally:
                student.close()
            if time.monotonic() > deadline:
                break
        self._fail_the_rest()
        self.record.seconds = time.monotonic() - began
        return self.record

    def _run(self, student: StudentProcess) -> None:
        from . import judge  # brings Otter, which takes a second: meanwhile the student's process starts

        self.cases = self.cases or judge.cases(self.tests)
        self.record.refused = student.ready()
        bench = _Bench(student, self.tests, self.files)
        try:
            for number, source in enumerate(self.cells):
                if number not in self.left_out:
                    self._cell(student, number, source)
                for question in self.due.get(number, ()):
                    self._question(student, bench, question)
            for question in self.tests:
                self._question(student, bench, question)
        finally:
            bench.close()

    def _cell(self, student: StudentProcess, number: int, source: str) -> None:
        what = f"cell {number + 1}"
        if self.seed is not None and not source.startswith("%%"):
            source = f"import random, numpy\nrandom.seed({self.seed}); numpy.random.seed({self.seed})\n{source}"
        try:
            _, reason = student.run(source, what)
        except Lost as loss:
            self._lost(_Loss(self._told(str(loss)), self._check_after(number), cell=number))
            raise
        if reason:
            self.left_out[number] = self.interrupted[number] = self._told(reason)
            self.record.notes.append(reason)

    def _question(self, student: StudentProcess, bench: _Bench, question: str) -> None:
        done = self.record.cases[question]
        check = next((number for number, names in self.due.items() if question in names), None)
        while len(done) < len(self.cases[question]) and question not in self.given_up:
            case = self.cases[question][len(done)]
            try:
                verdict, reason = bench.try_case(question, len(done), f"a test of {question}")
            except Lost as loss:
                self.asked = self.asked or case.hidden
                self._lost(_Loss(self._told(str(loss)), check, question=question))
                raise
            if reason:
                self.record.notes.append(reason)
            if verdict["alive"] or verdict["passed"]:
                done.append(self._outcome(case, verdict, reason))
            self.asked = self.asked or (case.hidden and verdict["asked"])
            if not verdict["alive"]:
                why = reason or f"a test of {question} ended the notebook's process"
                self._lost(_Loss(self._told(why), check, question=question))
                raise Lost(why)

    def _check_after(self, cell: int) -> int | None:
        return min((number for number in self.due if number >= cell), default=None)

    def _lost(self, loss: _Loss) -> None:
        """Decides what is left out when the notebook is begun again.

        That is the cell or the question itself; if another cell before the same check was lethal already, all from the
        first of them to the check. Losses in one question after the other look like something that a cell has left
        running. Then the cells of the question before the first loss are left out, and all losses get another chance;
        if that does not help, those of the first loss; if that does not help either, it was not so.
        """
        self.losses.append(loss)
        checks = sorted(self.due)
        places = [checks.index(lost.check) if lost.check in self.due else len(checks) for lost in self.losses]
        first, row = places[0], places[:_MANY_IN_A_ROW]
        in_a_row = first != row[-1] and all(0 <= later - place <= 1 for place, later in pairwise(row))
        suspicion = len(self.losses) - _MANY_IN_A_ROW if in_a_row else -1
        self.left_out, self.given_up = dict(self.interrupted), {}
        counted = self.losses
        if suspicion in (0, 1):
            counted = self.losses[:suspicion]
            ends = [-1, *checks, len(self.cells) - 1]  # of the cells that belong to each check
            for lost in self.losses[suspicion:]:  # what was tested without its cell is tested again
                for question in self.due.get(lost.check, ()) if lost.cell is not None else ():
                    self.record.cases[question].clear()
            suspected = max(first - 1 + suspicion, 0)
            self.left_out |= dict.fromkeys(range(ends[suspected] + 1, ends[suspected + 1] + 1), self.losses[0].why)
        for lost in counted:
            if lost.cell is None:
                self.given_up[lost.question] = lost.why
                continue
            before = [other.cell for other in counted if other.cell is not None and other.check == lost.check]
            last = lost.cell if len(before) == 1 or lost.check is None else lost.check
            for cell in range(min(before), last + 1) if len(before) > 1 else [lost.cell]:
                self.left_out.setdefault(cell, lost.why)

    def _told(self, reason: str) -> str:
        """What students are told of it."""
        for pattern, words in _FIGURES.items() if self.asked else ():
            reason = re.sub(pattern, words, reason)
        return reason

    def _outcome(self, case: TestCase, verdict: dict, reason: str) -> CaseOutcome:
        if verdict["passed"] and not reason:
            return CaseOutcome(True, "✅ Test case passed", "✅ Test case passed")
        place, message = verdict["place"], _printable(verdict["message"])
        full = f"{_FAILED}\n{reason or place + message}"
        if reason:
            return CaseOutcome(False, full, f"{_FAILED}\n{self._told(reason)}")
        # Once a hidden input has been in the student's process, its words could carry that input to a visible place.
        quotable = not self.asked and not (case.hidden and verdict["asked"])
        shown = message if case.hidden else place + message  # the place quotes a line of the test
        return CaseOutcome(False, full, f"{_FAILED}\n{shown}" if quotable else _FAILED)

    def _fail_the_rest(self) -> None:
        for question, done in self.record.cases.items():
            why = self.given_up.get(question) or "; ".join(dict.fromkeys(self.left_out.values()))
            missing = len(self.cases[question]) - len(done) if self.cases else 0
            text = f"{_FAILED}\n{why or 'the notebook could not be run to this point'}"
            done += [CaseOutcome(False, text, text)] * missing


def _printable(text: str) -> str:
    """Without what commands a terminal or has no place in a file: control characters, halves of surrogate pairs."""
    return "".join("�" if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" else c for c in text)


class _Bench:
    """The judge's process, forked so that tests and expected values never leave ours otherwise."""

    def __init__(self, student: StudentProcess, tests: Mapping[str, str], files: Path):
        from . import judge

        self.student = student
        ours, theirs = socket.socketpair()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                ours.close()
                judge.run(theirs, student.calls, tests, files, _JUDGE_MIB)
            finally:
                os._exit(1)
        theirs.close()
        self.channel = Channel(ours)

    def try_case(self, question: str, number: int, what: str) -> tuple[dict, str]:
        """The judge's verdict, and which limit made us interrupt the test, or "".

        Raises:
            Lost: the student's process or the judge is of no use any more.
        """
        try:
            self.channel.send({"question": question, "case": number})
        except WireError as error:
            raise Lost(f"{what} ended the judge") from error
        return self.student.wait(self.channel, self.student.limits.test_seconds, what)

    def close(self) -> None:
        """Ends the judge."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.channel.close()


def _plan(notebook: nbformat.NotebookNode, tests: Mapping[str, str]) -> tuple[list[str], dict[int, list[str]]]:
    """The code cells, and after which of them which questions are tested: the last that checks them."""
    cells, last = [], {}
    for cell in notebook.cells:
        metadata = cell.metadata if isinstance(cell.metadata, dict) else {}
        otter = metadata.get("otter") if isinstance(metadata.get("otter"), dict) else {}
        tags, named = (value if isinstance(value, list) else [] for value in (metadata.get("tags"), otter.get("tests")))
        if cell.cell_type != "code" or "otter_ignore" in tags or otter.get("ignore"):
            continue
        named = [name for name in named if isinstance(name, str)]
        for name in [*named, *checked_questions(cell.source)]:
            if name in tests:
                last[name] = len(cells)
        cells.append(cell.source)
    due: dict[int, list[str]] = {}
    for name, number in last.items():
        due.setdefault(number, []).append(name)
    return cells, due
