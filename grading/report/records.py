"""Reads the results of a class: one JSON file per submission, as `grading grade --to` writes them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
class Case:
    """A test: a theory question's idea (its letter), or a practical's test.

    Attributes:
        name: its name.
        hidden: whether students cannot see it.
        points: what it is worth.
        passed: whether it did.
        message: what it said, without where it said so.
    """

    name: str
    hidden: bool
    points: float
    passed: bool
    message: str

    @property
    def recognised(self) -> bool:
        """Whether it passed on its own merit, not because the answer had full marks without it."""
        return self.passed and not self.message.startswith(_NOT_NEEDED)

    @property
    def contradicted(self) -> bool:
        """Whether the answer says the opposite of the idea."""
        return not self.passed and self.message.startswith(_SAYS_OTHERWISE)


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
    """All results in `<folder>/results`, in order of their file names.

    Raises:
        FileNotFoundError: there are none.
        ValueError: a file is no result; the message names it.
    """
    found = []
    for path in sorted((folder / "results").glob("*.json")):
        try:
            found.append(_submission(json.loads(path.read_text(encoding="utf-8"))))
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise ValueError(f"{path.name} is no result of grading: {type(error).__name__}: {error}") from error
    if not found:
        raise FileNotFoundError(f"there are no results in {folder / 'results'}: grade with --to {folder} first")
    return found


def _submission(data: dict[str, Any]) -> Submission:
    questions = (_question(question) for question in data["questions"])
    return Submission(
        data["file"], data["student"], data["assignment"], data["version"], data["made_from"], data["error"],
        data["seconds"], tuple(data["notes"]), tuple(data["raised"]), data["refused"],
        {question.name: question for question in questions},
    )  # fmt: skip


def _question(data: dict[str, Any]) -> Question:
    cases = tuple(
        Case(case["name"], case["hidden"], case["points"], case["passed"], _point(case["message"][:_LONGEST_MESSAGE]))
        for case in data["cases"]
    )
    return Question(
        data["name"],
        data["score"],
        data["possible"],
        data["seconds"],
        data["work"][:_LONGEST_WORK],
        data["for_a_marker"],
        cases,
    )


def _point(message: str) -> str:
    shorter = _PREAMBLE.sub("", message)
    words = " ".join((shorter if shorter != message else _PLACE.sub("", message)).split())
    return _ADVICE.sub("", words)
