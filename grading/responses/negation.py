"""Finds the negating words of a clause and how far each one reaches."""

from __future__ import annotations

from collections.abc import Sequence

from .text import Token

_VERB_NEGATORS = frozenset("not never neither nor hardly barely nobody nothing".split())
_NOUN_NEGATORS = frozenset("no without lack lacks lacking none".split())
_SETTING_ASIDE = (("rather", "than"), ("instead", "of"), ("as", "opposed", "to"), ("free", "of"))
_FAILING = (
    ("fail", "to"), ("fails", "to"), ("unable", "to"), ("refuse", "to"), ("refuses", "to"),
    ("wrong", "to"), ("wrong", "that"), ("false", "to"), ("false", "that"), ("untrue", "that"),
)  # fmt: skip
_HARMLESS = frozenset("only just merely simply necessarily surprisingly but".split())
_NOUN_REACH = 4  # words after "without", "no", "rather than" that it sets aside
_STOPS_NOUN_REACH = frozenset(", ; : ( ) -> it they this but so because thus hence therefore and which that to".split())
_STOPS_VERB_REACH = frozenset("so thus hence therefore because since -> :".split())
_MODALS = frozenset("can is are has have will may does do it they this".split())
# "recurrence is not needed", "attention is not used": here the negation reaches what stands before it.
_BACKWARD = frozenset("used needed required necessary present involved applied possible there included".split())


def negators(tokens: Sequence[Token]) -> tuple[tuple[int, int, int], ...]:
    """(place of the negating word, first token it reaches, one past the last) for every negation of a clause.

    "not" and "never" reach to the end of the clause or to its next predicate; "without", "no" and "rather than" the
    next few words; "X is not needed" what stands before it.
    """
    texts = [token.text for token in tokens]
    found = []
    for i, text in enumerate(texts):
        after = texts[i + 1] if i + 1 < len(texts) else ""
        if text == "no" and after == "matter":
            continue
        starts = [phrase for phrase in _SETTING_ASIDE + _FAILING if tuple(texts[i : i + len(phrase)]) == phrase]
        if (text in _VERB_NEGATORS and after not in _HARMLESS) or any(phrase in _FAILING for phrase in starts):
            backward = 0 if _BACKWARD & set(texts[i + 1 : i + 3]) else i + 1
            reach = _verb_reach(texts, i + 1)
            if text in ("neither", "nor", "nothing", "nobody") and "," in texts[i:reach]:
                reach = texts.index(",", i)
            found.append((i, backward, reach))
        elif text in _NOUN_NEGATORS or starts:
            reach = i + 1 + (len(starts[0]) - 1 if starts else 0)
            limit = reach + _NOUN_REACH
            while reach < min(limit, len(texts)) and texts[reach] not in _STOPS_NOUN_REACH:
                reach += 1
            found.append((i, i + 1, reach))
    return tuple(found)


def _verb_reach(texts: Sequence[str], first: int) -> int:
    """To the end of the clause, or to where a new predicate begins: "and processes", "and can", "so"."""
    for i in range(first, len(texts)):
        if texts[i] in _STOPS_VERB_REACH:
            return i
        if texts[i] == "," and texts[i + 1 : i + 2] and texts[i + 1] in ("just", "only", "but", "simply", "instead"):
            return i
        if texts[i] == "and" and i + 1 < len(texts):
            after = texts[i + 1]
            if after in _MODALS or (after.endswith("s") and len(after) > 3):
                return i
    return len(texts)
