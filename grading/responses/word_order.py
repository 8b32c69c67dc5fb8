"""Tells sentences from the same words in random order, by how well neighbouring words go together.

The mean pointwise mutual information of neighbours (Church and Hanks 1990), over words that only carry grammar and the
endings of the others. Counted in marked answers, it is high in sentences and about zero in shuffled words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .text import Token
from .words import SMALL_WORDS, VERBS

_ENDINGS = ("tion", "ing", "ment", "ity", "ive", "ies", "ed", "ly", "es", "er", "al", "s")
_FEWEST = 8  # pairs without which nothing can be said
_SMOOTHING = 2.0


@dataclass(frozen=True)
class WordOrder:
    """How often kinds of words stand before (`left`), after (`right`) and beside each other (`pairs`, "left right")."""

    left: Mapping[str, int]
    right: Mapping[str, int]
    pairs: Mapping[str, int]

    def score(self, sentences: Iterable[Sequence[Token]]) -> float | None:
        """Mean information that neighbours have of each other, in nats; None for answers too short to tell."""
        total = sum(self.left.values())
        seen = [pair for sentence in sentences for pair in _pairs(sentence)]
        if len(seen) < _FEWEST or not total:
            return None
        return math.fsum(self._information(one, other, total) for one, other in seen) / len(seen)

    def _information(self, one: str, other: str, total: int) -> float:
        expected = self.left.get(one, 0) * self.right.get(other, 0) / total
        smoothing = _SMOOTHING * min(1.0, expected) + 0.1
        return math.log((self.pairs.get(f"{one} {other}", 0) + smoothing) / (expected + smoothing))


def count(answers: Iterable[Sequence[Sequence[Token]]]) -> WordOrder:
    """Counts neighbours in answers, each a list of sentences."""
    pairs = Counter(pair for sentences in answers for sentence in sentences for pair in _pairs(sentence))
    left: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for (one, other), n in pairs.items():
        left[one] += n
        right[other] += n
    return WordOrder(dict(left), dict(right), {f"{one} {other}": n for (one, other), n in pairs.items() if n > 1})


def _pairs(sentence: Sequence[Token]) -> list[tuple[str, str]]:
    kinds = ["<", *(_kind(token.text) for token in sentence), ">"]
    return list(pairwise(kinds))


def _kind(word: str) -> str:
    if not word[0].isalnum() or word in SMALL_WORDS or word in VERBS:
        return word
    if word[0].isdigit():
        return "0"
    return next(("-" + e for e in _ENDINGS if word.endswith(e) and len(word) > len(e) + 2), "w")
