"""What is left out when a notebook is begun again after its process was lost. No process here, only places.

A stretch is the cells up to a check, the check's own included; the cells after the last check are one as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(frozen=True)
class Loss:
    """A lost process.

    Attributes:
        why: it was lost.
        stretch: where.
        cell: in which cell, or None.
        question: or in a test of which question, or "".
        suspects: cells that had left a thread or a process running by then.
    """

    why: str
    stretch: int
    cell: int | None = None
    question: str = ""
    suspects: frozenset[int] = frozenset()

    @property
    def place(self) -> int | str:
        """The cell or the question."""
        return self.question if self.cell is None else self.cell


@dataclass
class Blame:
    """Which cells are left out and which questions not tested any further, with the reasons.

    Attributes:
        acquitted: stretches that get another chance since the last loss: their questions are tested again.
    """

    cells: dict[int, str] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)
    acquitted: set[int] = field(default_factory=set)


def blame(losses: Sequence[Loss], stretches: Sequence[range]) -> Blame:
    """Whom to blame for the losses so far.

    Every loss is blamed on its own place, unless two of them, one after the other, have suspects in common: what those
    have left running strikes wherever the notebook happens to be. Then they are left out and both places get another
    chance. If the process is lost at one of the two again, it was not so.
    """
    for number, (first, second) in enumerate(pairwise(losses)):
        if common := first.suspects & second.suspects:
            others = [*losses[:number], *losses[number + 2 :]]
            places = {place for place, stretch in enumerate(stretches) if common & set(stretch)}
            break
    else:
        return _each_its_own(losses, stretches)
    if {first.place, second.place} & {loss.place for loss in others}:
        found, acquitted = _each_its_own(losses, stretches), places
    else:
        found, acquitted = _each_its_own(others, stretches), {first.stretch, second.stretch}
        found.cells |= dict.fromkeys(common, first.why)
    if losses[-1].place in (first.place, second.place):  # the others have been told before
        found.acquitted = acquitted
    return found


def _each_its_own(losses: Sequence[Loss], stretches: Sequence[range]) -> Blame:
    """The cell or the question itself; of a stretch with two lethal cells all from the first of them."""
    found = Blame()
    for loss in losses:
        if loss.cell is None:
            found.questions[loss.question] = loss.why
            continue
        lethal = {other.cell for other in losses if other.cell is not None and other.stretch == loss.stretch}
        cells = range(min(lethal), stretches[loss.stretch].stop) if len(lethal) > 1 else [loss.cell]
        for cell in cells:
            found.cells.setdefault(cell, loss.why)
    return found
