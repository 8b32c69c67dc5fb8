"""What came of a submission, and the one JSON file in which that is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Case:
    """One test of a question.

    Attributes:
        name: an idea's letter, or the name of the test.
        hidden: whether students never see it.
        points: what it is worth.
        passed: whether it did.
        message: all that it said, for the instructor.
    """

    name: str
    hidden: bool
    points: float
    passed: bool
    message: str = ""


@dataclass(frozen=True)
class Part:
    """One question of a graded submission.

    Attributes:
        name: such as `q8`.
        score: points earned.
        possible: points that can be earned.
        credited: letters of the ideas that were recognised, in a theory question.
        for_a_marker: idea -> why a person has to look at it.
        answer: the student's text as it stands in the notebook, or the code of the cells before a practical's check.
        seconds: wall time of its cells and tests.
        cases: its tests, in order.
    """

    name: str
    score: float
    possible: float
    credited: tuple[str, ...] = ()
    for_a_marker: Mapping[str, str] = field(default_factory=dict)
    answer: str = ""
    seconds: float = 0.0
    cases: tuple[Case, ...] = ()


@dataclass(frozen=True)
class Result:
    """A graded submission.

    Attributes:
        file: its name.
        parts: its questions, in order.
        error: why there are no parts, if there are none.
        notes: limits that were hit and processes that ended.
        raised: the cells of the notebook that raised an error, and which.
        seconds: wall time of grading it.
        student: who handed it in, where an export says so.
        assignment: name of the autograder zip, without its ending.
        version: of the package that graded it.
        made_from: digest of the submission and of the zip; "" if it should be graded again.
        refused: protections that the machine did not give, with reasons.
    """

    file: str
    parts: tuple[Part, ...] = ()
    error: str | None = None
    notes: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()
    seconds: float = 0.0
    student: str | None = None
    assignment: str | None = None
    version: str = ""
    made_from: str = ""
    refused: Mapping[str, str] = field(default_factory=dict)

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


def as_json(result: Result) -> dict[str, Any]:
    """Plain data; `from_json` turns it back."""
    data = asdict(result)
    questions = data.pop("parts")
    for question in questions:
        question["work"] = question.pop("answer")
    return {**data, "questions": questions}


def read_result(path: Path) -> Result:
    """The result that a file holds.

    Raises:
        FileNotFoundError: there is none.
        ValueError: it holds none, or one of another version's format; the message names it.
    """
    try:
        return from_json(json.loads(path.read_text(encoding="utf-8")))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"{path.name} is no result of this version: {type(error).__name__}: {error}") from error


def from_json(data: Mapping[str, Any]) -> Result:
    """The result that `as_json` was given."""
    data = dict(data)
    parts = tuple(_part(question) for question in data.pop("questions"))
    return Result(**{**data, "parts": parts, "notes": tuple(data["notes"]), "raised": tuple(data["raised"])})


def _part(question: Mapping[str, Any]) -> Part:
    question = dict(question)
    cases = tuple(Case(**case) for case in question.pop("cases"))
    credited, answer = tuple(question.pop("credited")), question.pop("work")
    return Part(**question, credited=credited, answer=answer, cases=cases)
