"""What is left out when a notebook is begun again after its process was lost. No process here, only places.

A stretch is the cells up to a check, the check's own included; the cells after the last check are one as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_MANY_IN_A_ROW = 3


@dataclass(frozen=True)
class Loss:
    """A lost process: why, in which stretch, and in which cell or in a test of which question."""

    why: str
    stretch: int
    cell: int | None = None
    question: str | None = None


@dataclass
class Blame:
    """Which cells are left out and which questions not tested any further, with the reasons.

    Attributes:
        acquitted: stretches whose cells were left out before and are not any more: their questions are tested again.
    """

    cells: dict[int, str] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)
    acquitted: set[int] = field(default_factory=set)


def blame(losses: Sequence[Loss], stretches: Sequence[range]) -> Blame:
    """Whom to blame for the losses so far.

    Every loss is blamed on its own place, unless the first three lie in one stretch after the other: that looks like
    something that an earlier cell has left running. Then the stretch before the first loss is left out, and all places
    get another chance; if the process is lost again, the stretch of the first loss; if that does not help either, it
    was not so.
    """
    places = [loss.stretch for loss in losses[:_MANY_IN_A_ROW]]
    in_a_row = places[0] != places[-1] and all(0 <= after - before <= 1 for before, after in pairwise(places))
    since = len(losses) - _MANY_IN_A_ROW
    if not in_a_row or since not in (0, 1):
        return _each_its_own(losses, stretches)
    found = _each_its_own(losses[:since], stretches)
    found.acquitted = {loss.stretch for loss in losses[since:] if loss.cell is not None}
    suspect = max(places[0] - 1 + since, 0)
    found.cells |= dict.fromkeys(stretches[suspect], losses[0].why)
    return found


def _each_its_own(losses: Sequence[Loss], stretches: Sequence[range]) -> Blame:
    """The cell or the question itself; of a stretch with two lethal cells all from the first of them."""
    found = Blame()
    for loss in losses:
        if loss.cell is None:
            found.questions[loss.question] = loss.why
            continue
        lethal = [other.cell for other in losses if other.cell is not None and other.stretch == loss.stretch]
        cells = range(min(lethal), stretches[loss.stretch].stop) if len(lethal) > 1 else [loss.cell]
        for cell in cells:
            found.cells.setdefault(cell, loss.why)
    return found
