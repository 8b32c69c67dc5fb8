"""Ordered patterns: the wordings of an idea, matched within a clause.

A pattern is a row of elements. `{concept}` is any phrase of a concept, `word` and `generat*` are themselves, `a|b`
is either. Elements stand in this order with at most six words between two of them; `...` allows any distance,
`&` any order. `!{concept}` means: not in this clause. `//` starts a part that must match in a later clause. A name and
a colon in front (`decoder: {write} {text}`) say of which subject a clause must speak, whatever the idea is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .clauses import Clause, Place

MAX_GAP = 6


@dataclass(frozen=True, slots=True)
class Element:
    concepts: tuple[str, ...]
    gap: int | None  # words allowed before this element; None for any number


@dataclass(frozen=True, slots=True)
class Part:
    rows: tuple[tuple[Element, ...], ...]  # rows joined by `&`
    absent: tuple[str, ...]
    needed: tuple[tuple[str, ...], ...]  # one of each must be in the clause: a quick look before the search


@dataclass(frozen=True, slots=True)
class Pattern:
    source: str
    about: str | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Where a part of a pattern stood: the place of every element, in tokens of `clause`."""

    clause: Clause
    places: tuple[Place, ...]

    @property
    def negations(self) -> int:
        """How many negating words, other than those the pattern itself names, reach an element."""
        own = {i for start, end in self.places for i in range(start, end)}
        return sum(
            any(first <= start < last for start, _ in self.places)
            for at, first, last in self.clause.negators
            if at not in own
        )


def parse(source: str) -> tuple[Pattern, dict[str, list[str]]]:
    """Reads a pattern; also returns the literal words in it as concepts that a lexicon must know.

    Raises:
        ValueError: the pattern is empty or malformed.
    """
    literals: dict[str, list[str]] = {}
    parts = []
    about = re.match(r"\s*(\w+): ", source)
    for text in source[about.end() if about else 0 :].split("//"):
        rows: list[tuple[Element, ...]] = []
        absent: list[str] = []
        for row_text in text.split("&"):
            row: list[Element] = []
            gap: int | None = MAX_GAP
            for word in row_text.split():
                if word == "...":
                    gap = None
                    continue
                names = tuple(_concept(name, literals, source) for name in word.removeprefix("!").split("|"))
                if word.startswith("!"):
                    absent += names
                else:
                    row.append(Element(names, gap))
                    gap = MAX_GAP
            if not row:
                raise ValueError(f"pattern {source!r} has an empty part")
            rows.append(tuple(row))
        needed = tuple(element.concepts for row in rows for element in row)
        parts.append(Part(tuple(rows), tuple(absent), needed))
    return Pattern(source, about.group(1) if about else None, tuple(parts)), literals


def _concept(name: str, literals: dict[str, list[str]], source: str) -> str:
    braced = re.fullmatch(r"\{(@?\w+)\}", name)
    if braced:
        return braced.group(1)
    if not re.fullmatch(r"[^\W_]+\*?|->|<->|[=:]", name):
        raise ValueError(f"pattern {source!r} has an element that is no word and no {{concept}}: {name!r}")
    literals["=" + name] = [name]
    return "=" + name


def matches(part: Part, clause: Clause) -> list[Match]:
    """All ways (at most 12) in which a part of a pattern stands in a clause."""
    found = clause.found
    for concepts in part.needed:
        if not any(concept in found for concept in concepts):
            return []
    if any(concept in found for concept in part.absent):
        return []
    results: list[tuple[Place, ...]] = [()]
    for row in part.rows:
        ways = _rows(row, clause)
        results = [before + way for before in results for way in ways if set(before).isdisjoint(way)][:12]
    return [Match(clause, places) for places in results]


def _rows(row: Sequence[Element], clause: Clause) -> list[tuple[Place, ...]]:
    ways: list[tuple[Place, ...]] = [()]
    before: list[Place] = []
    for element in row:
        places = sorted({place for concept in element.concepts for place in clause.found.get(concept, ())})
        ways = [
            (*way, place)
            for way in ways
            for place in places
            if not way or _follows(clause, way[-1], place, element.gap, before)
        ][:12]
        before = places
    return ways


def _follows(clause: Clause, one: Place, other: Place, gap: int | None, alternatives: Sequence[Place]) -> bool:
    """Whether an element may be followed by the next: in order, near enough, and no nearer one of its kind between.

    In "does not give up recurrence" it is "give up" that goes with "recurrence", not "not".
    """
    if other[0] < one[1] or any(one[1] <= start and end <= other[0] for start, end in alternatives):
        return False
    return gap is None or sum(token.is_word for token in clause.tokens[one[1] : other[0]]) <= gap
