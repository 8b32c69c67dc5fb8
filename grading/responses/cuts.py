"""Where in a sentence a new clause begins: at contrasts, at relative clauses, and wherever a new subject takes over."""

from __future__ import annotations

from collections.abc import Sequence

from .subjects import (
    BE,
    COORDINATES,
    OPENING,
    PRONOUN,
    RELATIVE,
    SOMEBODY,
    Mentions,
    antecedent_end,
    is_agent_by,
    next_mention,
    text_after,
)
from .text import Token

CONTRAST = frozenset("but while whereas whilst however although though yet ; -".split())
_MAY_JOIN = frozenset(
    ", and then so because since as ) when where if until before after or thus therefore hence :".split()
)
_SKIPPED = frozenset(
    """
    the a an then so thus also here hence therefore now only 's both its their finally and in addition , (
    """.split()
)


def find_cuts(sentence: Sequence[Token], mentions: Mentions) -> list[int]:
    """The places, 0 first, at which the clauses of a sentence begin."""
    cuts = [0]
    for i in range(1, len(sentence)):
        if (
            _is_contrast(sentence, i, mentions)
            or _is_relative(sentence, i, mentions)
            or _is_joint(sentence, cuts[-1], i, mentions)
        ):
            cuts.append(i)
    return cuts


def _is_contrast(sentence: Sequence[Token], i: int, mentions: Mentions) -> bool:
    """Whether "but" or "whereas" stands at i, or "is that …", or "(X: …"."""
    text, before = sentence[i].text, sentence[i - 1].text
    if text in CONTRAST:
        return not (text == "but" and before == "not")
    return (text == "that" and before in BE) or (text == "(" and _starts_label(sentence, i + 1, mentions))


def _is_relative(sentence: Sequence[Token], i: int, mentions: Mentions) -> bool:
    """Whether a relative clause begins at i: "the decoder, which …", "a vector that the decoder …"."""
    text = sentence[i].text
    if text not in RELATIVE or (text == "that" and _is_denied(sentence, i)):
        return False
    if any(last == antecedent_end(sentence, i) for last, _ in mentions.values()):
        return not _is_predicate(sentence, i, mentions) or next_mention(sentence, i + 1, mentions) is not None
    return text != "where" and next_mention(sentence, i + 1, mentions) is not None


def _is_joint(sentence: Sequence[Token], first: int, i: int, mentions: Mentions) -> bool:
    """Whether the word at i joins a new clause to the one that began at first."""
    text = sentence[i].text
    if text == "/":
        return _starts_label(sentence, i + 1, mentions) and _has_predicate(sentence, first, i, mentions)
    if text not in _MAY_JOIN or (text in ("before", "after") and _beside_and(sentence, i)):
        return False
    if _opens_with_aside(sentence, first, i, mentions) or not _has_predicate(sentence, first, i, mentions):
        return False
    if text == "and" and any(last == i for last, _ in mentions.values()):
        return _has_own_verb(sentence, i + 1, mentions)
    return (
        _starts_clause(sentence, i + 1, mentions)
        or _starts_passive(sentence, i + 1, mentions)
        or _starts_statement(sentence, i)
        or (sentence[first].text in OPENING and _starts_opening(sentence, i + 1, mentions))
    )


def _is_denied(sentence: Sequence[Token], that: int) -> bool:
    """Whether "it is not true that" stands here: what follows belongs under the negation."""
    return sentence[that - 1].text in ("true", "false", "wrong", "untrue", "say")


def _has_own_verb(sentence: Sequence[Token], i: int, mentions: Mentions) -> bool:
    """Whether a verb follows the mention at i, so that it is a subject and no second object."""
    start = next_mention(sentence, i, mentions)
    if start is None:
        return True
    after = text_after(sentence, start, mentions)
    return after in BE | {"can", "has", "will", "does", "do", "must", ":", "=", "->"} or (
        after.endswith(("s", "ed")) and len(after) > 3
    )


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
        return text_after(sentence, i, mentions) not in ("", ",", ")", ".")
    text, after = sentence[i].text, sentence[i + 1].text
    return (
        text in PRONOUN | SOMEBODY
        or text in ("former", "latter")
        or (text in ("first", "second", "other") and after == "one")
    )


def _starts_label(sentence: Sequence[Token], i: int, mentions: Mentions) -> bool:
    """Whether "X:" stands at i."""
    return i in mentions and text_after(sentence, i, mentions) == ":"


def _starts_opening(sentence: Sequence[Token], i: int, mentions: Mentions) -> bool:
    """Whether "with X" stands at i, as the clause before it began ("With Y you read, with X you write")."""
    return i < len(sentence) and sentence[i].text in OPENING and next_mention(sentence, i + 1, mentions) is not None


def _starts_statement(sentence: Sequence[Token], i: int) -> bool:
    """Whether ", and the gradients do" stands at i: a new main clause without a known subject."""
    texts = [token.text for token in sentence[i : i + 6]]
    return texts[:2] == [",", "and"] and bool({"do", "does", "is", "are", "can", "will"} & set(texts[3:]))


def _starts_passive(sentence: Sequence[Token], i: int, mentions: Mentions) -> bool:
    """Whether "the output is generated by the decoder" stands at i: a clause whose subject comes last."""
    for by in range(i, min(i + 10, len(sentence))):
        if sentence[by].text in (",", "and") and by > i:
            return False
        if is_agent_by(sentence, by, mentions):
            return any(sentence[j].text in BE for j in range(i, by))
    return False
