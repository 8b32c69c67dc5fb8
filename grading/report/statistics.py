"""What can be said of a class in numbers. Functions of records; nothing here knows how it is shown."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ..result import Case
from .records import Question, Submission, contradicted, recognised

_POINT = re.compile(r"test_point_\d+")  # carries points in "any N of" questions; says nothing that the ideas do not
_QUOTED = re.compile(r"“[^”]*”|'[^']*'|\"[^\"]*\"|-?\d[\d.,]*")
_Z = 1.96  # of a 95 % interval


@dataclass(frozen=True)
class Totals:
    """The total points of the graded submissions.

    Attributes:
        points: one per submission, ascending.
        possible: what could be earned.
        seconds: median time that grading a submission took.
    """

    points: tuple[float, ...]
    possible: float
    seconds: float

    def quantile(self, share: float) -> float:
        """The points that this share of the class stays below, interpolated."""
        return float(np.quantile(self.points, share))

    @property
    def mean(self) -> float:
        return float(np.mean(self.points))

    @property
    def deviation(self) -> float:
        """The standard deviation; 0 of a single submission."""
        return float(np.std(self.points, ddof=1)) if len(self.points) > 1 else 0.0


@dataclass(frozen=True)
class Item:
    """A question in a class; shares are of all graded submissions.

    Attributes:
        name, possible: its name and points.
        share: mean share of the points: its difficulty, 1 is easiest.
        full: share of submissions with all points.
        blank: share without an answer.
        discrimination: correlation of its points with the points for all other questions (corrected item-total
            correlation; for right-or-wrong questions the corrected point-biserial). None where either never varies.
        interval: the 95 % interval of that, by Fisher's transformation; None below four submissions.
        seconds, slow: median and 90th percentile of the time that its cells and tests took.
    """

    name: str
    possible: float
    share: float
    full: float
    blank: float
    discrimination: float | None
    interval: tuple[float, float] | None
    seconds: float
    slow: float


@dataclass(frozen=True)
class Check:
    """An idea of a theory question or a hidden test of a practical: how many submissions earned it."""

    question: str
    name: str
    earned: int
    waiting: int
    of: int


@dataclass(frozen=True)
class Failure:
    """A way to fail that several submissions share.

    Attributes:
        question, check: where.
        count: how many submissions.
        message: what was said to the first of them.
        example: that submission.
    """

    question: str
    check: str
    count: int
    message: str
    example: Submission


@dataclass(frozen=True)
class Raised:
    """An error that students' own cells raised.

    Attributes:
        words: its kind and message.
        count: how many submissions.
        cell: where the first of them raised it.
        example: that submission.
    """

    words: str
    count: int
    cell: str
    example: Submission


def totals(graded: Sequence[Submission]) -> Totals:
    """The total points of at least one graded submission."""
    seconds = float(np.median([submission.seconds for submission in graded]))
    return Totals(
        tuple(sorted(submission.score for submission in graded)), max(s.possible for s in graded), seconds
    )  # fmt: skip


def items(graded: Sequence[Submission]) -> list[Item]:
    """Every question, in order. A submission without the question has no points for it."""
    total = np.array([submission.score for submission in graded], float)
    return [_item(name, graded, total) for name in question_names(graded)]


def question_names(graded: Sequence[Submission]) -> list[str]:
    """The questions that any submission has, q2 before q10."""
    names = {name for submission in graded for name in submission.questions}
    return sorted(names, key=lambda name: (len(re.sub(r"(?<=\d)[a-z]$", "", name)), name))


def _item(name: str, graded: Sequence[Submission], total: np.ndarray) -> Item:
    found = [submission.questions.get(name) for submission in graded]
    there = [question for question in found if question]
    possible = max(question.possible for question in there)
    points = np.array([question.score if question else 0 for question in found], float)
    seconds = [question.seconds for question in there]
    correlation = _correlation(points, total - points)
    return Item(
        name,
        possible,
        share=float(points.mean() / possible) if possible else math.nan,
        full=float((points >= possible).mean()),
        blank=sum(question is None or question.blank for question in found) / len(found),
        discrimination=correlation,
        interval=_interval(correlation, len(graded)),
        seconds=float(np.median(seconds)),
        slow=float(np.quantile(seconds, 0.9)),
    )


def _correlation(one: np.ndarray, other: np.ndarray) -> float | None:
    if len(one) < 3 or one.std() < 1e-9 or other.std() < 1e-9:
        return None
    return float(np.clip(np.corrcoef(one, other)[0, 1], -1, 1))


def _interval(correlation: float | None, size: int) -> tuple[float, float] | None:
    if correlation is None or size < 4 or abs(correlation) > 1 - 1e-9:
        return None
    middle, half = math.atanh(correlation), _Z / math.sqrt(size - 3)
    return math.tanh(middle - half), math.tanh(middle + half)


def checks(graded: Sequence[Submission]) -> list[Check]:
    """Every idea and hidden test, in order."""
    earned: dict[tuple[str, str], list[int]] = {}
    for submission in graded:
        for question, case in _hidden(submission):
            counts = earned.setdefault((question.name, case.name), [0, 0])
            counts[0] += recognised(case)
            counts[1] += case.name in question.for_a_marker
    place = {name: number for number, name in enumerate(question_names(graded))}
    found = sorted(earned.items(), key=lambda entry: place[entry[0][0]])
    return [Check(question, name, got, waits, len(graded)) for (question, name), (got, waits) in found]


def failures(graded: Sequence[Submission], most: int) -> tuple[list[Failure], int]:
    """The most common ways to fail a hidden test, and how many others there are.

    Values and quotations in a message do not tell ways apart. Blank answers are left out, what waits for a marker, and
    ideas that nobody needs. At most half of the list says the same words: "not recognised" would fill it otherwise.
    """
    found: dict[tuple[str, str, str], list] = {}
    for submission in graded:
        for question, case in _hidden(submission):
            waits = case.name in question.for_a_marker
            if not (case.passed or question.blank or waits) and (case.points or contradicted(case)):
                key = question.name, case.name, _QUOTED.sub("…", case.message)
                found.setdefault(key, [0, case.message, submission])[0] += 1
    chosen: list[Failure] = []
    said: Counter[str] = Counter()
    for (name, check, words), rest in sorted(found.items(), key=lambda entry: -entry[1][0]):
        if len(chosen) < most and said[words] < most // 2:
            chosen.append(Failure(name, check, *rest))
            said[words] += 1
    return chosen, len(found) - len(chosen)


def raised(graded: Sequence[Submission], say: Callable[[str], str]) -> list[Raised]:
    """The errors of students' own cells in the words of `say`, by how many submissions have them, most common first."""
    found: dict[str, list] = {}
    for submission in graded:
        first: dict[str, str] = {}
        for error in submission.raised:
            cell, _, words = error.partition(": ")
            first.setdefault(say(words), cell)
        for words, cell in first.items():
            found.setdefault(words, [0, cell, submission])[0] += 1
    return [Raised(words, *rest) for words, rest in sorted(found.items(), key=lambda entry: -entry[1][0])]


def _hidden(submission: Submission) -> Iterator[tuple[Question, Case]]:
    for question in submission.questions.values():
        for case in question.cases:
            if case.hidden and not _POINT.fullmatch(case.name):
                yield question, case
