"""The lexicon: named concepts, each the list of phrases that express it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from .spelling import Speller
from .text import Token, words

_LONG_STEM = 5  # letters; a shorter stem may be the beginning of another word
_LONG_ENDINGS = ("e", "es", "ed", "ing", "ion", "ions")
_SHORT_ENDINGS = ("", "s", "ed", "ing")


class LexiconError(ValueError):
    """A lexicon or rubric file that cannot be used; the message says where and why."""


class Lexicon:
    """Finds concepts in a row of tokens.

    Args:
        concepts: name -> phrases. In a phrase, `generat*` stands for every word that begins so, and `{other}` alone
            for every phrase of another concept.
        known: words that are spelt right and must never be repaired.
        slips: misspelt word -> what it is meant to be.
    """

    def __init__(
        self, concepts: Mapping[str, Sequence[str]], known: Iterable[str] = (), slips: Mapping[str, str] | None = None
    ):
        self._concepts = concepts
        self._root: dict = {}
        vocabulary: set[str] = set()
        stems: set[str] = set()
        for name in concepts:
            for phrase in self._phrases(name, ()):
                self._add(name, phrase, vocabulary, stems)
        vocabulary |= {form for stem in stems for form in _forms(stem, vocabulary)}
        long_stems = tuple(sorted(stem for stem in stems if len(stem) >= _LONG_STEM))
        self.speller = Speller(vocabulary, set(known), long_stems, slips)

    def _phrases(self, name: str, seen: tuple[str, ...]) -> Iterable[str]:
        if name in seen:
            raise LexiconError(f"concept {{{name}}} contains itself: {' -> '.join((*seen, name))}")
        if name not in self._concepts:
            raise LexiconError(f"concept {{{name}}} is used in {{{seen[-1]}}} but nowhere defined")
        for phrase in self._concepts[name]:
            inner = re.fullmatch(r"\{(\w+)\}", phrase)
            if inner:
                yield from self._phrases(inner.group(1), (*seen, name))
            else:
                yield phrase

    def _add(self, name: str, phrase: str, vocabulary: set[str], stems: set[str]) -> None:
        parts = _parts(phrase)
        if not parts:
            raise LexiconError(f"concept {{{name}}} has an empty phrase: {phrase!r}")
        node = self._root
        for part in parts:
            stem = part.removesuffix("ⴿ")
            if stem == part:
                node = node.setdefault(part, {})
                vocabulary.add(part)
            else:
                node = node.setdefault("*", {}).setdefault(stem, {})
                if len(parts) == 1:
                    stems.add(stem)
                else:
                    vocabulary.add(stem)
        node.setdefault("", set()).add(name)

    def tag(self, tokens: Sequence[Token]) -> dict[str, list[tuple[int, int]]]:
        """Where each concept stands: name -> [(first token, one past the last), ...], in order of place."""
        found: dict[str, set[tuple[int, int]]] = {}
        for start in range(len(tokens)):
            nodes, at = [self._root], start
            while nodes and at < len(tokens):
                nodes = [after for node in nodes for after in _follow(node, tokens[at].text)]
                at += 1
                for node in nodes:
                    for name in node.get("", ()):
                        found.setdefault(name, set()).add((start, at))
        return {name: sorted(places) for name, places in sorted(found.items())}


@lru_cache(maxsize=10_000)  # most phrases are those of the shared lexicon, again for every rubric
def _parts(phrase: str) -> list[str]:
    return words(phrase.replace("*", "ⴿ"))  # a letter of a script nobody writes here keeps the star in its word


def _forms(stem: str, words: set[str]) -> list[str]:
    """Words that begin with a stem, likely enough to repair slips towards them."""
    if stem in words or len(stem) < _LONG_STEM:
        return [stem + ending for ending in _SHORT_ENDINGS]
    return [stem + ending for ending in _LONG_ENDINGS]


def _follow(node: dict, word: str) -> list[dict]:
    after = [node[word]] if word and word in node and word != "*" else []
    stems = node.get("*")
    if stems:
        after += [stems[word[:n]] for n in range(2, len(word) + 1) if word[:n] in stems]
    return after
