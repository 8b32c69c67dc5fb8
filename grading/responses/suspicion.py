"""Notices answers that are no answers: word lists, scrambled words, pleas and orders to the marker."""

from __future__ import annotations

import re

from .text import Token

_SMALL_WORDS = frozenset(
    """
    a an the this that these those it its they their them he she his we you your i my one each every all both no
    not of to in into on onto at by for from with without over under through across about between among than as
    like and or but so if then when while where which who whose what how because since therefore thus hence via
    per n u r -> <-> = : there here only also just more most very same other another such out up off down 's
    """.split()
)
# Words that are verbs wherever they stand in an answer of this field; "weights", "states", "focus" are not among them.
_VERBS = frozenset(
    """
    is are was were be been being has have had can could does do did will would may might should must let lets
    get gets make makes give gives giv take takes read reads write writes generate generates produce produces
    predict predicts see sees look looks attend attends learn learns know knows work works go goes come comes
    relate relates compare compares compute computes capture captures improve improves help helps allow allows
    need needs handle handles run runs start starts become becomes keep keeps pass passes turn turns decide
    decides tell tells show shows find finds understand understands weigh weighs combine combines stand stands
    depend depends train trains outperform outperforms reach reaches connect connects convert converts encode
    encodes decode decodes compress compresses summarise summarises summarize summarizes feed feeds wait waits
    forget forgets suffer suffers receive receives consume consumes build builds pick picks choose chooses guess
    guesses fill fills send sends process processes use uses follow follows begin begins return returns adapt
    adapts adjust adjusts update updates add adds mix mixes refine refines extract extracts preserve preserves
    translate translates continue continues respond responds scale scales vanish vanishes happen happens mean
    means
    """.split()
)
_LINKS = frozenset(["=", ":", "->", "<->"])
_LIST_LENGTH = 5  # fewer words than this are a short answer, not a list
_FEW_SMALL_WORDS = 0.12  # share of small words below which terms without a verb are a list
_TERM_LENGTH = 3.0  # average words between commas or line ends at and below which they are a list, whatever they are

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
_ABOUT_ITSELF = re.compile(
    r"""
      \b(?:this|my|the|following)\s+(?:answer|response|essay|text|solution|submission)\b.{0,40}
      \b(?:cover|discuss|address|mention|explain|touch|describe|include|deal|contain|consider)
    | \bi\s+(?:(?:would|will|shall|could|can|have|am|also|first|then|lastly|now|here)\s+){0,3}
      (?:going\s+to\s+)?(?:explain|discuss|describe|mention|cover|address|list|talk|deal)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def why_suspicious(answer: str, sentences: list[list[Token]]) -> str | None:
    """What makes the whole answer one for a person to look at, or None."""
    plea = _PLEA.search(answer)
    if plea:
        return f"it speaks to the marker: “{' '.join(plea.group().split())}”"
    if _is_keyword_list(sentences):
        return "it is a list of terms that says nothing about them"
    if _is_scrambled(sentences):
        return "its words stand in no order that makes a sentence"
    return None


_ARTICLES = frozenset("a an the every its their".split())
_NOT_AFTER_ARTICLES = _ARTICLES | frozenset(
    """
    each of to in into on at by for from with is are was were and or but which who then than as , . ; )
    """.split()
)
_PREPOSITIONS = frozenset("of from with into by at for".split())
_NOT_AFTER_PREPOSITIONS = frozenset("is are was were and or but of by from , ) to into".split())


def is_about_itself(clause: str) -> bool:
    """Whether a clause announces what the answer contains ("This answer covers ...") rather than saying it."""
    return bool(_ABOUT_ITSELF.search(clause))


def _is_keyword_list(sentences: list[list[Token]]) -> bool:
    texts = [token.text for sentence in sentences for token in sentence]
    words = [text for text in texts if text[0].isalnum()]
    if len(words) < _LIST_LENGTH or any(text in _LINKS or text in _VERBS for text in texts):
        return False
    small = sum(text in _SMALL_WORDS for text in words) / len(words)
    terms = len(sentences) + sum(text in (",", ";", "/", "-") for text in texts)
    return small < _FEW_SMALL_WORDS or (terms >= _LIST_LENGTH and len(words) / terms <= _TERM_LENGTH)


def _is_scrambled(sentences: list[list[Token]]) -> bool:
    """Whether articles and prepositions stand before what cannot follow them.

    Twice or more, and in 4 % of the words: true of none of 360 development answers, and of 44 % of those with more
    than 15 words once their words are shuffled.
    """
    impossible = words = 0
    for sentence in sentences:
        texts = [token.text for token in sentence]
        for text, after in zip(texts, [*texts[1:], ";"]):
            words += text[0].isalnum()
            impossible += (text in _ARTICLES and after in _NOT_AFTER_ARTICLES) or (
                text in _PREPOSITIONS and after in _NOT_AFTER_PREPOSITIONS
            )
    return impossible >= 2 and impossible >= 0.04 * words
