"""Reads an answer into sentences of normalised tokens that remember where they stood."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
    (?P<arrow>  <-+>|<=+>|\|?[-=]+>+|>{2,}|[→⇒⟶↦⇨➔↔⟷] )
  | (?P<number> \d+(?:[.,]\d+)* )
  | (?P<word>   w/o?(?!\w)|b/c(?!\w)|[↑↓]|[^\W\d_]+(?:\d+[^\W\d_]*)*(?:['’][^\W\d_]+)? )
  | (?P<line>   \n\s* )
  | (?P<end>    [.!?]+(?=[\s"')\]]|$) )
  | (?P<cut>    //+ )
  | (?P<mark>   [,;:()=<>|/&+~] | (?<!\w)[-–—]+(?!\w) | [–—] )
    """,
    re.VERBOSE,
)
_TABLE = re.compile(r"(?:^[ \t]*\|.*\|[ \t]*(?:\n|\Z)){2,}", re.MULTILINE)
_ITEM = re.compile(r"[-*•–|#>]|\(?\d{1,2}[.)]\s|\(?[a-h]\)\s|[^\W\d][\w -]{0,24}(:|=|->)")
_WRAPPED_LINE = 60  # a line at least this long that is not followed by a list item goes on in the next line
_NOT_AN_END = frozenset("e g i eg ie etc vs cf resp approx bidir unidir w al".split())
_SPELLED_OUT = {
    "w/": ("with",), "w/o": ("without",), "&": ("and",), "+": ("and",), "b/c": ("because",), "↑": ("increases",),
    "↓": ("decreases",), "can't": ("can", "not"), "cannot": ("can", "not"), "cant": ("can", "not"),
    "won't": ("will", "not"), "wont": ("will", "not"), "shan't": ("shall", "not"), "dont": ("do", "not"),
    "doesnt": ("does", "not"), "dosnt": ("does", "not"), "dosent": ("does", "not"), "didnt": ("did", "not"),
    "isnt": ("is", "not"), "arent": ("are", "not"), "wasnt": ("was", "not"),
}  # fmt: skip
_ENDINGS = {"re": "are", "ve": "have", "ll": "will", "d": "would", "m": "am"}


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign: `text` normalised, `start`/`end` its place in the answer, `is_word` unless punctuation."""

    text: str
    start: int
    end: int
    is_word: bool = True


def tokenize(answer: str) -> list[list[Token]]:
    """Splits an answer into sentences of tokens; list items, headings and short lines count as sentences.

    Words are case-folded and freed of accents and hyphens, contractions are spelled out, and every kind of arrow
    becomes `->` or `<->`. Quotation marks, stars, carets and other ornaments are left out.
    """
    table = _TABLE.search(answer)
    if table:
        before, after = answer[: table.start()], answer[table.end() :]
        rows = _read_table(table.group(), table.start())
        return tokenize(before) + rows + [_shifted(sentence, table.end()) for sentence in tokenize(after)]
    sentences: list[list[Token]] = [[]]
    for found in _TOKEN.finditer(answer):
        kind = found.lastgroup
        if kind in ("end", "line", "cut"):
            if not (_is_abbreviation(found, sentences[-1]) or _is_wrapped(answer, found)):
                sentences.append([])
        else:
            for text in filter(None, _normalise(found.group(), kind)):  # of some marks, nothing is left
                sentences[-1].append(Token(text, found.start(), found.end(), kind != "mark" or text == "and"))
    return [sentence for sentence in map(_without_bullet, sentences) if sentence]


def _without_bullet(sentence: list[Token]) -> list[Token]:
    return sentence[1:] if sentence and sentence[0].text == "-" else sentence


def _read_table(text: str, start: int) -> list[list[Token]]:
    """A table whose head row names the columns, as sentences "column: row name cell"."""
    rows: list[list[list[Token]]] = []
    for line in re.finditer(r".+", text):
        cells = [
            _shifted_cell(cell, start + line.start()) for cell in re.finditer(r"[^|]*(?=\|)", line.group()[1:] + "|")
        ]
        if any(token.is_word for cell in cells for token in cell):
            rows.append(cells)
    if len(rows) < 2:
        return [cell for row in rows for cell in row if cell]
    head, *body = rows
    sentences = []
    for row in body:
        for column, cell in list(zip(head, row))[1:]:
            if cell:
                colon = Token(":", cell[0].start, cell[0].start, False)
                sentences.append([*column, colon, *row[0], *cell])
    return sentences


def _shifted_cell(cell: re.Match, start: int) -> list[Token]:
    return [_moved(token, start + 1 + cell.start()) for sentence in tokenize(cell.group()) for token in sentence]


def _shifted(sentence: list[Token], by: int) -> list[Token]:
    return [_moved(token, by) for token in sentence]


def _moved(token: Token, by: int) -> Token:
    return Token(token.text, token.start + by, token.end + by, token.is_word)


def words(phrase: str) -> list[str]:
    """The tokens of a lexicon phrase, read as an answer would be."""
    return [token.text for sentence in tokenize(phrase.replace(" 's", "'s")) for token in sentence]


def _is_abbreviation(end: re.Match, sentence: list[Token]) -> bool:
    return end.group() == "." and bool(sentence) and sentence[-1].text in _NOT_AN_END


def _is_wrapped(answer: str, newline: re.Match) -> bool:
    if newline.lastgroup != "line":
        return False
    line_length = newline.start() - (answer.rfind("\n", 0, newline.start()) + 1)
    blank = newline.group().count("\n") > 1
    return line_length >= _WRAPPED_LINE and not blank and not _ITEM.match(answer, newline.end())


def _normalise(raw: str, kind: str | None) -> tuple[str, ...]:
    if kind == "arrow":
        return ("<->",) if raw[0] == "<" or raw in "↔⟷" else ("->",)
    if kind == "mark" and raw[0] in "-–—":
        return ("-",)
    folded = unicodedata.normalize("NFKD", raw).casefold().replace("’", "'")
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    if folded in _SPELLED_OUT:
        return _SPELLED_OUT[folded]
    stem, _, ending = folded.partition("'")
    if ending == "t" and stem.endswith("n"):
        return stem[:-1], "not"
    if ending in _ENDINGS:
        return stem, _ENDINGS[ending]
    return (stem, "'s") if ending == "s" else (stem,)
