"""Reads the results of a class, as `grading grade --to` writes them: long texts are cut, messages come to the point."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ..marker import grant, read_marks
from ..result import Case, Part, Result, read_result

_PLACEHOLDER = re.compile(r"^\s*(?:\.\.\.|…)\s*$", re.MULTILINE)
# What a test says before it comes to the point: Otter's verdict, the place, the failing line, the kind of exception.
_PREAMBLE = re.compile(
    r"\A(?:❌ Test case failed\n)?(?:Error at line \d+ in test \w+:\n[^\n]*\n)?"
    r"(?:(?:expect|checks?)\.\w+\([^\n]*\n)?(?:Hint|NotRecognised|Contradicted|ForAMarker|Unreadable): ",
)
_PLACE = re.compile(r"\A(?:❌ Test case failed\n)?(?:Error at line \d+ in test \w+:\n[^\n]*\n)?")
_LONGEST_WORK, _LONGEST_MESSAGE = 20_000, 2_000  # characters that are read; a notebook may have megabytes
_NOT_NEEDED = "not needed"  # an idea that is missing from an answer with full marks
_SAYS_OTHERWISE = "you wrote "
_ADVICE = re.compile(r" *If it is there, try saying it more plainly\.$")  # is for the student


@dataclass(frozen=True)
class Question:
    """What a submission got for a question; `seconds` are those of its cells and tests."""

    name: str
    score: float
    possible: float
    seconds: float
    work: str
    for_a_marker: Mapping[str, str]
    cases: tuple[Case, ...]

    @property
    def blank(self) -> bool:
        """Whether there is no answer, or code that still has a `...` to be replaced."""
        return not self.work.strip() or bool(_PLACEHOLDER.search(self.work))


@dataclass(frozen=True)
class Submission:
    """A graded submission, or one that could not be graded (`error`)."""

    file: str
    student: str | None
    assignment: str | None
    version: str
    made_from: str
    error: str | None
    seconds: float
    notes: tuple[str, ...]
    raised: tuple[str, ...]
    refused: Mapping[str, str]
    questions: Mapping[str, Question]

    @property
    def score(self) -> float:
        return sum(question.score for question in self.questions.values())

    @property
    def possible(self) -> float:
        return sum(question.possible for question in self.questions.values())

    @property
    def shuffled(self) -> str:
        """Sorts submissions at random, always in the same way, and nobody who lacks them can find out how."""
        return hashlib.sha256(f"{self.made_from} {self.file}".encode("utf-8", "replace")).hexdigest()


def read(folder: Path) -> list[Submission]:
    """All results in `<folder>/results`, in order of their file names, with what people have granted in marker.csv.

    Raises:
        FileNotFoundError: there are none.
        ValueError: a file is no result, or marker.csv cannot be read; the message names it.
    """
    marks = read_marks(folder / "marker.csv") if (folder / "marker.csv").exists() else {}
    found = [_submission(grant(read_result(path), marks)) for path in sorted((folder / "results").glob("*.json"))]
    if not found:
        raise FileNotFoundError(f"there are no results in {folder / 'results'}: grade with --to {folder} first")
    return found


def _submission(result: Result) -> Submission:
    questions = {part.name: _question(part) for part in result.parts}
    return Submission(
        result.file, result.student, result.assignment, result.version, result.made_from, result.error, result.seconds,
        result.notes, result.raised, result.refused, questions,
    )  # fmt: skip


def _question(part: Part) -> Question:
    cases = tuple(replace(case, message=_point(case.message[:_LONGEST_MESSAGE])) for case in part.cases)
    work = part.answer[:_LONGEST_WORK]
    return Question(part.name, part.score, part.possible, part.seconds, work, part.for_a_marker, cases)


def recognised(case: Case) -> bool:
    """Whether it passed on its own merit, not because the answer had full marks without it."""
    return case.passed and not case.message.startswith(_NOT_NEEDED)


def contradicted(case: Case) -> bool:
    """Whether the answer says the opposite of the idea."""
    return not case.passed and case.message.startswith(_SAYS_OTHERWISE)


def _point(message: str) -> str:
    shorter = _PREAMBLE.sub("", message)
    words = " ".join((shorter if shorter != message else _PLACE.sub("", message)).split())
    return _ADVICE.sub("", words)
