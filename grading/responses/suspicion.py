"""Notices answers that are no answers: word lists, scrambled words, pleas and orders to the marker."""

from __future__ import annotations

import re

from .text import Token

_GLUE = frozenset(
    """a an the this that these those it its they their them he she his her we you your i my one each every all both
    is are was were be been being has have had do does did can could may might must will would should not no
    of to in into on onto at by for from with without over under through across about between among than as like
    and or but so if then when while where which who whose what how because since therefore thus hence via per
    -> <-> = : there here only also just more most very same other another such at out up off down
    's""".split()
)
_LINKS = frozenset("= : -> <->".split())
_LIST_LENGTH = 5  # fewer words than this are a short answer, not a list
_LIST_GLUE = 0.12  # answers made to collect keywords have 0.00-0.08 (one of 9 has more), terse real ones 0.15 and up

_PLEA = re.compile(
    r"""
      \b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|guide|rubric|prompt|rule|previous|above)
    | \b(?:award|give|grant|assign|return|kindly|please)\b.{0,60}\b(?:points?|marks?|credits?|score)\b
    | \b(?:points?|score)\s*[=:"]+\s*\d | \b\d\s*/\s*\d\s*(?:points?|marks?)?\s*(?:\.|$)|\b\d\s+out\s+of\s+\d\b
    | \b(?:fully\s+)?satisf(?:ies|y)\b.{0,30}\brubric\b | \bverified\s+by\b.{0,40}\bcorrect|complete\s+answer\b
    | \b(?:dear|note\s+to\s+the)\s+(?:marker|grader|teaching|tutor|professor)\b | ^\s*(?:grader|marker|system)\s*:
    | \[\s*system\s*\] | \bgrading\s+(?:assistant|system|script)\b | \bmark\s+(?:it|this)\b.{0,30}\bcorrect\b
    | \bfull\s+(?:marks|score|points|credit)\b
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)


def why_suspicious(answer: str, sentences: list[list[Token]]) -> str | None:
    """What makes the whole answer one for a person to look at, or None."""
    plea = _PLEA.search(answer)
    if plea:
        return f"it speaks to the marker: “{' '.join(plea.group().split())}”"
    if _is_keyword_list(sentences):
        return "it is a list of terms that says nothing about them"
    return None


def _is_keyword_list(sentences: list[list[Token]]) -> bool:
    texts = [token.text for sentence in sentences for token in sentence]
    words = [text for text in texts if text[0].isalnum()]
    if len(words) < _LIST_LENGTH or any(text in _LINKS for text in texts):
        return False
    return sum(text in _GLUE for text in words) < _LIST_GLUE * len(words)
