"""Repairs typing slips, and only towards words that the lexicon knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

# A slip never turns a word into its opposite or its neighbour: these prefixes carry the meaning.
_TELLING_PREFIXES = "uni bi en de un in im non dis re pre fore for back intra inter".split()
# What may follow a stem in a word that is spelt right.
_ENDING = re.compile(
    "|e?s|e?d|e|ing|(at|t)?ions?|e?rs?|ors?|al(ly)?|ly|ive(ly|s)?|ity|able|ments?|ness|i[sz](e[sd]?|ing|ations?)|"
    "ence|ences|ency|ent|ant|ances?|ning|ned|ting|ted|ting|ring|red|ures?|ies|y|ic|ical|ous|ful|less|wise"
)


class Speller:
    """Finds the one lexicon word that a misspelt word must have meant.

    Args:
        vocabulary: the words that a slip may be repaired to.
        known: correctly spelt words that are never repaired, though they look like one of the vocabulary.
        stems: a word that begins with one of these is spelt right.
        slips: misspelt word -> what it is meant to be, for those that likeness does not find.
    """

    def __init__(
        self,
        vocabulary: set[str],
        known: set[str],
        stems: tuple[str, ...] = (),
        slips: Mapping[str, str] | None = None,
    ):
        self._slips = slips or {}
        self._known = vocabulary | known
        self._stems = stems
        # (length, first letter) -> [(word, which letters it has, its prefix)]
        self._candidates: dict[tuple[int, str], list[tuple[str, int, str]]] = {}
        for word in sorted(word for word in vocabulary if len(word) >= 4 and word.isalpha()):
            self._candidates.setdefault((len(word), word[0]), []).append((word, _letters(word), _prefix(word)))
        self._cache: dict[str, str] = {}

    def repair(self, word: str) -> str:
        """The word itself, or the single closest vocabulary word: one slip from 5 letters on, two from 8 on."""
        if word in self._slips:
            return self._slips[word]
        if len(word) < 4 or word in self._known or not word.isalpha() or len(word) > 24:
            return word
        if any(word.startswith(stem) and _ENDING.fullmatch(word, len(stem)) for stem in self._stems):
            return word
        if word not in self._cache:
            if len(self._cache) > 20_000:  # an answer of random letters must not grow this without end
                self._cache.clear()
            self._cache[word] = self._closest(word)
        return self._cache[word]

    def _closest(self, word: str) -> str:
        allowed = 2 if len(word) >= 8 else 1
        letters, prefix, ordered = _letters(word), _prefix(word), sorted(word)
        best: list[str] = []
        for length in range(max(4, len(word) - allowed), len(word) + allowed + 1):
            for first in sorted(set(word[:2])):
                for candidate, its_letters, its_prefix in self._candidates.get((length, first), ()):
                    if (letters ^ its_letters).bit_count() > 2 * allowed:
                        continue
                    # In short words, and where the prefix differs, letters may only have changed places.
                    if (length < 5 or its_prefix != prefix) and sorted(candidate) != ordered:
                        continue
                    distance = _distance(word, candidate, allowed)
                    if distance < allowed:
                        allowed, best = distance, []
                    if distance == allowed:
                        best.append(candidate)
        # Letters that changed places are likelier than letters left out, and these likelier than letters added.
        best = [c for c in best if sorted(c) == ordered] or [c for c in best if len(c) > len(word)] or best
        if len({_stem(candidate) for candidate in best}) == 1:
            return best[0]
        return word


@lru_cache(maxsize=20_000)
def _letters(word: str) -> int:
    """A bit for every letter that the word has: words that differ in many cannot be close."""
    return sum(1 << (ord(letter) % 32) for letter in set(word))


@lru_cache(maxsize=20_000)
def _prefix(word: str) -> str:
    return next((prefix for prefix in _TELLING_PREFIXES if word.startswith(prefix)), "")


def _stem(word: str) -> str:
    for ending in ("ing", "es", "ed", "s", "e", "d"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _distance(one: str, other: str, limit: int) -> int:
    """Edits (insert, delete, replace, swap of neighbours) from one word to the other, or limit + 1."""
    before, row = [], list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]
