"""Notices answers that are no answers: word lists, scrambled words, pleas and orders to the marker."""

from __future__ import annotations

import re

from .text import Token
from .word_order import WordOrder
from .words import SMALL_WORDS, VERBS

# Mean information of neighbours below which words are in no order: 1 of 280 held-out answers that earn points, and
# 168 of them once their words are shuffled.
_SCRAMBLED = -0.1
_MANY_SLIPS = 0.08  # share of words repaired
_FORMULA = frozenset(["=", "->", "<->", "~", "|", "<"])
_LINKS = _FORMULA | {":"}
_LIST_LENGTH = 5  # fewer words than this are a short answer, not a list
_FEW_SMALL_WORDS = 0.12  # share of small words below which terms without a verb are a list
_SHORT_TERM = 2.2  # the same for lists in which a word could be a verb
_TERM_LENGTH = 3.0  # average words between commas or line ends at and below which they are a list, whatever they are

_PLEA = re.compile(
    r"""
      \b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|guide|rubric|prompt|rule|previous|above)
    | \b(?:please|kindly)\b.{0,60}\b(?:points?|marks?|credits?|score|correct)\b
    | \b(?:award|grant|give|assign|return)\b.{0,25}\b(?:full|all|me|\d)\b.{0,25}\b(?:points?|marks?|credits?|score)\b
    | \bset\s+(?:the\s+)?(?:score|points|mark)\b
    | \bfor\s+the\s+(?:marker|grader)\b
    | \bthe\s+student\s+(?:has|had|clearly)\s+(?:shown|demonstrated|mentioned|answered)
    | \b(?:points?|score)\s*[=:"]+\s*\d | \b\d\s*/\s*\d\s*(?:points?|marks?)?\s*(?:\.|$)|\b\d\s+out\s+of\s+\d\b
    | \b(?:fully\s+)?satisf(?:ies|y)\b.{0,30}\brubric\b | \bverified\s+by\b.{0,40}\bcorrect|complete\s+answer\b
    | \b(?:dear|note\s+to\s+the)\s+(?:marker|grader|teaching|tutor|professor)\b | ^\s*(?:grader|marker|system)\s*:
    | \[\s*system\s*\] | \bgrading\s+(?:assistant|system|script)\b | \bmark\s+(?:it|this)\b.{0,30}\bcorrect\b
    | \bfull\s+(?:marks|score|points|credit)\b
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
_ABOUT_ITSELF = re.compile(
    r"""
      \b(?:this|my|the|following)\s+(?:answer|response|essay|text|solution|submission)\b.{0,40}
      \b(?:cover|discuss|address|mention|explain|touch|describe|include|deal|contain|consider)
    | \bi\s+(?:(?:would|will|shall|could|can|have|am|also|first|then|lastly|now|here)\s+){0,3}
      (?:going\s+to\s+)?(?:explain|discuss|describe|mention|cover|address|list|talk|deal)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def why_suspicious(answer: str, sentences: list[list[Token]], word_order: WordOrder | None = None) -> str | None:
    """What makes the whole answer one for a person to look at, or None."""
    plea = _PLEA.search(answer)
    if plea:
        return f"it speaks to the marker: “{' '.join(plea.group().split())}”"
    if _is_keyword_list(sentences):
        return "it is a list of terms that says nothing about them"
    if word_order and _is_scrambled(answer, sentences, word_order):
        return "its words stand in no order that makes a sentence"
    return None


def is_about_itself(clause: str) -> bool:
    """Whether a clause announces what the answer contains ("This answer covers ...") rather than saying it."""
    return bool(_ABOUT_ITSELF.search(clause))


def _is_keyword_list(sentences: list[list[Token]]) -> bool:
    texts = [token.text for sentence in sentences for token in sentence]
    words = [text for text in texts if text[0].isalnum()]
    terms = len(sentences) + sum(text in (",", ";", "/", "-") for text in texts)
    if ":" in texts[:5] and terms >= _LIST_LENGTH:
        texts[texts.index(":")] = ","  # a heading makes no sentence of a list
    if len(words) < _LIST_LENGTH or any(text in _LINKS for text in texts):
        return False
    small = sum(text in SMALL_WORDS for text in words) / len(words)
    if terms < 4 and len(words) < 2 * _LIST_LENGTH - 1:
        return False  # too short to tell a list from a sentence whose verb is not known here
    if terms == 1 and len(words) > 2 * _LIST_LENGTH and small < _FEW_SMALL_WORDS / 4:
        return True
    if any(text in VERBS for text in texts):
        return terms > _LIST_LENGTH and len(words) / terms <= _SHORT_TERM and small < 2 * _FEW_SMALL_WORDS
    return small < _FEW_SMALL_WORDS or (terms >= _LIST_LENGTH and len(words) / terms <= _TERM_LENGTH)


def _is_scrambled(answer: str, sentences: list[list[Token]], word_order: WordOrder) -> bool:
    """Whether the words are in no order.

    Formulas and diagrams, which have an order of their own, and hasty answers full of slips are left alone.
    """
    tokens = [token for sentence in sentences for token in sentence]
    slips = sum(answer[token.start : token.end].casefold() != token.text for token in tokens)
    if slips > _MANY_SLIPS * len(tokens) or any(token.text in _FORMULA for token in tokens):
        return False
    score = word_order.score(sentences)
    return score is not None and score < _SCRAMBLED
