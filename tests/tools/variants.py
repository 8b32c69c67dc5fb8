"""Mechanical variants of right answers: what they must keep, and what must cost them their points."""

from __future__ import annotations

import random
import re

# Words that change places when roles are swapped; compounds first, so that "BERT" in "GPT-2 and BERT" is swapped once.
_PAIRS = [
    ("encoder", "decoder"), ("encodes", "decodes"), ("GPT-2", "BERT"), ("self-attention", "traditional attention"),
    ("Transformer", "RNN"), ("input", "output"), ("source", "target"), ("parallel", "sequential"),
    ("bidirectional", "unidirectional"), ("next", "masked"), ("reads", "writes"), ("understanding", "generation"),
]  # fmt: skip
_AUXILIARY = re.compile(r"\b(is|are|can|has|have|does|do|will|was|were)\b(?! not)")
_VERB = re.compile(
    r"\b(reads|writes|uses|generates|produces|predicts|looks|attends|takes|turns|gives|lets|allows|learns|relates|works|"
    r"captures|improves|processes|weighs|compares|tells|keeps|helps|starts|makes|converts|compresses|trains|gets|sees|builds)\b"
)
_SMALL = frozenset(
    "a an the is are was be been it its they their this that these those of to in on at by for from with and or but so "
    "as not can has have do does which who what when where how each every all both than then also only into one".split()
)
_FILLERS = [
    "To be honest, that took me a while.",
    "We did an exercise about it last week.",
    "At least that is how I remember it.",
]


def swapped(text: str) -> str:
    """The words of each pair change places."""
    table = {}
    for one, other in _PAIRS:
        table[one.lower()], table[other.lower()] = other, one
    pattern = re.compile(
        "|".join(rf"\b{re.escape(word)}" for word in sorted(table, key=len, reverse=True)), re.IGNORECASE
    )
    return pattern.sub(lambda found: table[found.group().lower()], text)


def negated(text: str) -> str:
    """Every verb that is easily found is negated."""
    text = _AUXILIARY.sub(r"\1 not", text)
    return _VERB.sub(lambda found: "does not " + _base(found.group()), text)


def _base(verb: str) -> str:
    if verb.endswith(("sses", "zes")):
        return verb[:-2]
    return verb[:-1]


def shuffled(text: str, seed: int = 0) -> str:
    """The words in random order."""
    words = re.findall(r"\S+", text)
    random.Random(seed).shuffle(words)
    return " ".join(words)


def keyword_bag(text: str) -> str:
    """The content words, each once, separated by commas."""
    words = [word for word in re.findall(r"[\w-]+", text) if word.lower() not in _SMALL]
    return ", ".join(dict.fromkeys(words))


def one_typo_per_sentence(text: str, seed: int = 0) -> str:
    """In every sentence the letters inside one word of six or more letters change places with their neighbours."""
    draw = random.Random(seed)
    sentences = []
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        words = list(re.finditer(r"\b[a-z]{6,}\b", sentence))
        if words:
            word = draw.choice(words)
            at = draw.randrange(word.start() + 1, word.end() - 2)
            sentence = sentence[:at] + sentence[at + 1] + sentence[at] + sentence[at + 2 :]
        sentences.append(sentence)
    return " ".join(sentences)


def upper_case(text: str) -> str:
    return text.upper()


def with_filler(text: str, seed: int = 0) -> str:
    """Sentences that say nothing, before and after."""
    first, last = random.Random(seed).sample(_FILLERS, 2)
    return f"{first} {text} {last}"


def with_a_wrong_claim(text: str) -> str:
    """A wrong statement about something else, which costs nothing."""
    return f"{text} Word2vec was published by a bakery in 1955."
