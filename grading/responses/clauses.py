"""Cuts sentences into clauses that know whom they speak of and what they negate.

Role swaps and negations use the same words as right answers; what differs is who does what.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .cuts import CONTRAST, find_cuts
from .lexicon import Lexicon
from .negation import negators
from .subjects import Place, Reader, Stretch, find_mentions, resolve_subjects, respectively
from .text import Token


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of one sentence with one set of subjects.

    Attributes:
        tokens: the tokens of the clause.
        subjects: names of the rubric's subjects it speaks of; empty if it names none.
        found: concept -> places of its mentions, counted in tokens of this clause.
        negators: (place of the negating word, first token it reaches, one past the last).
    """

    tokens: tuple[Token, ...]
    subjects: frozenset[str]
    found: dict[str, list[Place]]
    negators: tuple[tuple[int, int, int], ...]

    def quote(self, answer: str, first: int = 0, last: int | None = None) -> str:
        """The student's own words from token `first` up to and without `last`."""
        tokens = self.tokens[first:last]
        start, end = min(token.start for token in tokens), max(token.end for token in tokens)
        return " ".join(answer[start:end].split())


def split_clauses(
    sentences: Sequence[Sequence[Token]], lexicon: Lexicon, subjects: Sequence[str], topic: str | None = None
) -> list[Clause]:
    """The clauses of an answer in order, each with its subjects.

    Args:
        sentences: tokens, sentence by sentence, spelling repaired.
        lexicon: knows the concepts, the subjects among them under `@name`.
        subjects: names of the subjects in the order in which the question names them.
        topic: of whom the answer speaks until it names someone.
    """
    reader = Reader(tuple(subjects), frozenset((topic,)) if topic else frozenset())
    clauses: list[Clause] = []
    for sentence in sentences:
        found = lexicon.tag(sentence)
        mentions = find_mentions(found, subjects)
        cuts = find_cuts(sentence, mentions)
        antecedents = dict(mentions.values())
        for first, last in zip(cuts, [*cuts[1:], len(sentence)]):
            while first < last and (sentence[first].text in CONTRAST or sentence[first].text in (",", "and", ")")):
                first += 1
            if first < last:
                stretch = Stretch(sentence, first, last, mentions, antecedents)
                clauses += [_clause(sentence, *part, found) for part in _parts(stretch, reader)]
    return clauses


def _clause(sentence: Sequence[Token], first: int, last: int, subjects: frozenset[str], found: dict) -> Clause:
    tokens = tuple(sentence[first:last])
    inside = {}
    for concept, places in found.items():
        here = [(a - first, b - first) for a, b in places if first <= a and b <= last]
        if here:
            inside[concept] = here
    return Clause(tokens, subjects, inside, negators(tokens))


def _parts(stretch: Stretch, reader: Reader) -> list[tuple[int, int, frozenset[str]]]:
    """(first, last, subjects) of the clauses in a stretch: one, or two where "respectively" deals out predicates."""
    pair = respectively(stretch)
    if pair:
        (_, one), (end, other) = (stretch.mentions[start] for start in stretch.inside[:2])
        reader.note(stretch, frozenset((one, other)))
        return [(end, pair, frozenset((one,))), (pair, stretch.last, frozenset((other,)))]
    subjects = resolve_subjects(stretch, reader)
    reader.note(stretch, subjects)
    return [(stretch.first, stretch.last, subjects)]
