"""Cuts sentences into clauses that know whom they speak of and what they negate.

Role swaps and negations use the same words as right answers; what differs is who does what.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .lexicon import Lexicon
from .negation import negators
from .subjects import (
    BE,
    COORDINATES,
    OPENING,
    PRONOUN,
    RELATIVE,
    SOMEBODY,
    Mentions,
    Place,
    Reader,
    Stretch,
    antecedent_end,
    find_mentions,
    is_agent_by,
    next_mention,
    resolve_subjects,
    respectively,
)
from .text import Token

_CONTRAST = frozenset("but while whereas whilst however although though yet ; -".split())
_MAY_JOIN = frozenset(
    """, and then so because since as ) when where if until before after or thus therefore hence :""".split()
)
_SKIPPED = frozenset(
    """
    the teh a an then so thus also here hence therefore now only 's both its their finally and in addition , (
    """.split()
)


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
        cuts = _cuts(sentence, mentions)
        antecedents = dict(mentions.values())
        for first, last in zip(cuts, [*cuts[1:], len(sentence)]):
            while first < last and (sentence[first].text in _CONTRAST or sentence[first].text in (",", "and", ")")):
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


def _cuts(sentence: Sequence[Token], mentions: Mentions) -> list[int]:
    ends = {last for last, _ in mentions.values()}
    cuts = [0]
    for i, token in enumerate(sentence):
        text = token.text
        if i == 0:
            continue
        if text in _CONTRAST and not (text == "but" and sentence[i - 1].text == "not"):
            cuts.append(i)
        elif text in RELATIVE:
            if (antecedent_end(sentence, i) in ends and not _is_predicate(sentence, i, mentions)) or next_mention(
                sentence, i + 1, mentions
            ) is not None:
                cuts.append(i)
        elif (
            text in _MAY_JOIN
            and not (text in ("before", "after") and _beside_and(sentence, i))
            and not _opens_with_aside(sentence, cuts[-1], i, mentions)
            and _has_predicate(sentence, cuts[-1], i, mentions)
            and (_starts_clause(sentence, i + 1, mentions) or _starts_passive(sentence, i + 1, mentions))
        ):
            cuts.append(i)
    return cuts


def _beside_and(sentence: Sequence[Token], i: int) -> bool:
    """Whether the word at i is joined to another: "before and after the gap"."""
    return any(0 <= j < len(sentence) and sentence[j].text in ("and", "or", "/") for j in (i - 1, i + 1))


def _opens_with_aside(sentence: Sequence[Token], first: int, comma: int, mentions: Mentions) -> bool:
    """Whether "With its encoder," stands before the comma: it speaks of the subject that follows."""
    short = comma - first <= 5 and sentence[comma].text == "," and sentence[first].text in OPENING
    return short and not any(first <= start < comma for start in mentions)


def _is_predicate(sentence: Sequence[Token], relative: int, mentions: Mentions) -> bool:
    """Whether the mention before the relative word only says what somebody is: "BERT is an LSTM that reads"."""
    end = antecedent_end(sentence, relative)
    start = next(start for start, (last, _) in mentions.items() if last == end)
    return start >= 2 and sentence[start - 1].text in ("a", "an") and sentence[start - 2].text in BE


def _has_predicate(sentence: Sequence[Token], first: int, last: int, mentions: Mentions) -> bool:
    """Whether there is more than bare subjects between first and last."""
    covered = {i for start, (end, _) in mentions.items() for i in range(start, end)}
    return any(i not in covered and sentence[i].text not in COORDINATES for i in range(first, last))


def _starts_clause(sentence: Sequence[Token], i: int, mentions: Mentions) -> bool:
    while i < len(sentence) and i not in mentions and sentence[i].text in _SKIPPED:
        i += 1
    if i >= len(sentence) - 1:
        return False
    if i in mentions:
        end = mentions[i][0]
        return end < len(sentence) and sentence[end].text not in (",", ")", ".")
    text, after = sentence[i].text, sentence[i + 1].text
    return (
        text in PRONOUN | SOMEBODY
        or text in ("former", "latter")
        or (text in ("first", "second", "other") and after == "one")
    )


def _starts_passive(sentence: Sequence[Token], i: int, mentions: Mentions) -> bool:
    """Whether "the output is generated by the decoder" stands at i: a clause whose subject comes last."""
    for by in range(i, min(i + 10, len(sentence))):
        if sentence[by].text in (",", "and") and by > i:
            return False
        if is_agent_by(sentence, by, mentions):
            return any(sentence[j].text in BE for j in range(i, by))
    return False
