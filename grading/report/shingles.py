"""The word sequences by which answers are compared: of text as it reads, of code without the names it gives."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

LENGTH_IN_TEXT, LENGTH_IN_CODE = 3, 6  # tokens of a sequence
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_CODE = re.compile(
    r"(?P<skip>\#[^\n]*|\s+)"
    r"|(?P<text>[rbfuRBFU]{0,2}(?:'''.*?(?:'''|\Z)|\"\"\".*?(?:\"\"\"|\Z)|'(?:\\.|[^'\\\n])*'?|\"(?:\\.|[^\"\\\n])*\"?))"
    r"|(?P<name>[^\W\d]\w*)|(?P<number>\d[\w.]*)|(?P<sign>\*\*|//|->|[-+*/%<>=!:]=|.)",
    re.DOTALL,
)
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_ENDS = {"def": ":", "for": "in", "lambda": ":"}
_BEFORE_NAMES, _BEFORE_PARAMETERS = frozenset(("as", "import")), frozenset(("(", ",", "*", "**", "lambda"))
_PYTHON = frozenset(dir(builtins)) | frozenset(keyword.kwlist) | {"self"}


class Token(NamedTuple):
    """What is compared, and where it stands in the answer."""

    word: str
    start: int
    end: int


def text_tokens(text: str) -> list[Token]:
    """The words, without case, accents and punctuation."""
    return [Token(_plain(found.group()), found.start(), found.end()) for found in _WORD.finditer(text)]


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def code_tokens(source: str) -> list[Token]:
    """The code without comments and texts, and with one word for every name that it gives itself.

    What cannot be renamed stays: Python's own names, attributes, what libraries call things.
    """
    found = [match for match in _CODE.finditer(source) if match.lastgroup != "skip"]
    words = ["''" if match.lastgroup == "text" else match.group() for match in found]
    own = _own_names(words)
    return [Token("name" if word in own else word, *match.span()) for word, match in zip(words, found)]


def _own_names(words: Sequence[str]) -> frozenset[str]:
    """The names that code binds. No parser: it would stop at the first mistake, and at what only notebooks know."""
    names: set[str] = set()
    depth = 0  # of brackets: in a call, `epochs=3` is no name of the student's
    naming, inside = "", 0  # in what names are listed, and how deep its brackets are
    before = ""
    for place, word in enumerate(words):
        if word in _OPENING:
            depth += 1
        elif word in _CLOSING:
            depth = max(0, depth - 1)
        elif word in ("def", "for", "lambda"):
            naming, inside = word, depth + (word == "def")
            depth = 0 if word == "def" else depth
        elif word == _ENDS.get(naming) and depth < inside + (naming != "def"):
            naming = ""
        elif naming == "for" or before in _BEFORE_NAMES or _is_parameter(naming, depth == inside, before):
            names.add(word)
        elif word == ":=":
            names.add(before)
        elif word == "=" and depth == 0:
            while place and words[place - 1].isidentifier() and words[place - 2 : place - 1] != ["."]:
                names.add(words[place - 1])
                place -= 2 if words[place - 2 : place - 1] == [","] else place  # a, b = …
        before = word
    return frozenset(name for name in names if name.isidentifier()) - _PYTHON


def _is_parameter(naming: str, directly: bool, before: str) -> bool:
    return bool(naming) and directly and before in _BEFORE_PARAMETERS


def hashes(tokens: Sequence[Token], length: int) -> list[int]:
    """The hash of every sequence of so many tokens, in order of the places where they begin."""
    words = [token.word for token in tokens]
    return list(map(hash, zip(*(words[start:] for start in range(length)))))
