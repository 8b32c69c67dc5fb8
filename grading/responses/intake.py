"""Takes whatever stands in an answer variable and returns a text that can be marked, or says why it cannot."""

from __future__ import annotations

import unicodedata

LONGEST_ANSWER = 6_000  # characters; the longest of 360 answers of the development set has 606
_PLACEHOLDERS = frozenset(("", "...", "…"))


class Unreadable(Exception):
    """The answer cannot be marked; the message tells the student why and what to do."""


def read_answer(value: object) -> str:
    """The text of an answer.

    Raises:
        Unreadable: it is missing, no text, still the placeholder, too long, or not written in Latin letters.
    """
    if value is None:
        raise Unreadable("there is no answer: the variable is missing or None")
    if not isinstance(value, str):
        raise Unreadable(f"expected a text in quotes, got {type(value).__name__}")
    if len(value) > LONGEST_ANSWER:
        raise Unreadable(f"the answer has {len(value):,} characters; at most {LONGEST_ANSWER:,} are read")
    text = "".join(c for c in value if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    if text.strip() in _PLACEHOLDERS:
        raise Unreadable("the answer is still empty")
    letters = [c for c in text if c.isalpha()]
    latin = sum(
        unicodedata.name(c, "").startswith(("LATIN", "GREEK", "MATHEMATICAL", "DOUBLE-STRUCK")) for c in letters
    )
    if not letters or latin < 0.7 * len(letters):
        raise Unreadable("answers are marked in English, and most of this one is not written in Latin letters")
    return text
