"""What the hidden test cases of the theory notebook call: one line per idea or point."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from .feedback import feedback
from .intake import read_answer
from .marking import Marking, Outcome, mark
from .rubric import load_rubric


class NotRecognised(AssertionError):
    """The idea was not found in the answer, which is not to say that the answer is wrong."""


class Contradicted(AssertionError):
    """The answer says the opposite of the idea."""


class ForAMarker(AssertionError):
    """A person has to look at the answer before the idea earns its point."""


_SETTING = "waiting_ideas_earn_points"

_EXCEPTIONS = {
    Outcome.NOT_RECOGNISED: NotRecognised,
    Outcome.CONTRADICTED: Contradicted,
    Outcome.FOR_A_MARKER: ForAMarker,
}


def earns(answer: object, question: str, idea: str) -> str:
    """Passes if the answer is credited with the idea, or if it has full marks without it.

    Args:
        answer: the value of the student's variable, whatever it is.
        question: name of the rubric, such as `q08`.
        idea: letter of the idea.

    Returns:
        Why it is, with the student's words.

    Raises:
        NotRecognised, Contradicted, ForAMarker: why it is not; the message quotes the student.
        Unreadable: the answer is missing or no text.
    """
    marking = _marked(answer, question)
    verdict = marking.verdict(idea)
    if verdict.outcome is Outcome.CREDITED or (verdict.outcome is Outcome.FOR_A_MARKER and _waiting_earns()):
        return feedback(verdict)
    if marking.points == load_rubric(question).full_marks:
        return "not needed: the answer has full marks already."
    raise _EXCEPTIONS[verdict.outcome](feedback(verdict))


def earns_points(answer: object, question: str, at_least: int) -> None:
    """Passes if the answer is worth at least so many points: the cases of questions that ask for any N ideas.

    Raises:
        NotRecognised: it is worth less.
        Unreadable: the answer is missing or no text.
    """
    marking = _marked(answer, question)
    waiting = {verdict.idea for verdict in marking.verdicts if verdict.outcome is Outcome.FOR_A_MARKER}
    points = load_rubric(question).points({*marking.credited, *waiting}) if _waiting_earns() else marking.points
    if points < at_least:
        raise NotRecognised(f"expected enough for {at_least} point{'s' * (at_least > 1)}, got {points} so far.")


def _marked(answer: object, question: str) -> Marking:
    return _mark(read_answer(answer), question)


@lru_cache(maxsize=256)
def _mark(answer: str, question: str) -> Marking:
    return mark(answer, load_rubric(question))


@lru_cache(maxsize=1)
def _waiting_earns() -> bool:
    """Whether ideas that wait for a person earn their points meanwhile."""
    found = (folder / "otter_config.json" for folder in Path(__file__).resolve().parents)
    settings = next((path for path in found if path.exists()), None)  # of the repository, or of the unpacked zip
    return settings is not None and json.loads(settings.read_text(encoding="utf-8")).get(_SETTING) is True
