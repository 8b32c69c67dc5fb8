"""Whom the supervisor blames for lost processes: places on paper, and made-up notebooks that kill their process."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grading.isolation.blame import Loss, blame
from grading.isolation.limits import Limits

STRETCHES = [range(0, 3), range(3, 6), range(6, 9), range(9, 12), range(12, 15), range(15, 15)]


def cell(number: int) -> Loss:
    return Loss(f"cell {number}", number // 3, cell=number)


def question(stretch: int) -> Loss:
    return Loss(f"test {stretch}", stretch, question=f"q{stretch}")


def test_a_lethal_cell_is_left_out_alone():
    assert blame([cell(4)], STRETCHES).cells == {4: "cell 4"}


def test_a_lethal_test_ends_its_question_alone():
    found = blame([question(1)], STRETCHES)
    assert (found.cells, found.questions) == ({}, {"q1": "test 1"})


def test_two_lethal_cells_before_a_check_take_all_between_them_and_the_check():
    assert set(blame([cell(3), cell(4)], STRETCHES).cells) == {3, 4, 5}


def test_losses_here_and_there_are_blamed_on_their_own_places():
    found = blame([cell(1), cell(7), question(4)], STRETCHES)
    assert (set(found.cells), set(found.questions)) == ({1, 7}, {"q4"})


def test_losses_in_a_row_are_blamed_on_what_came_before_them_then_on_the_first_then_on_each():
    losses = [cell(4), cell(7), question(3)]
    found = blame(losses, STRETCHES)
    assert (set(found.cells), found.questions, found.acquitted) == ({0, 1, 2}, {}, {1, 2})
    losses.append(cell(10))
    found = blame(losses, STRETCHES)
    assert (set(found.cells), found.questions, found.acquitted) == ({3, 4, 5}, {}, {2, 3})
    losses.append(cell(13))
    found = blame(losses, STRETCHES)
    assert (set(found.cells), set(found.questions)) == ({4, 7, 10, 13}, {"q3"})


def _lost_questions(lethal: Callable[[list[int], int], bool]) -> set[int]:
    """Which stretches lose cells in the end, if the process dies in a cell when `lethal(cells run before, cell)`."""
    losses: list[Loss] = []
    left_out: dict[int, str] = {}
    for _ in range(Limits.restarts + 1):
        ran: list[int] = []
        for number in range(15):
            if number in left_out:
                continue
            if lethal(ran, number):
                losses.append(cell(number))
                left_out = blame(losses, STRETCHES).cells
                break
            ran.append(number)
        else:
            return {number // 3 for number in left_out}
    return set(range(5))


@pytest.mark.parametrize("cells", [{4}, {4, 7}, {1, 7, 13}, {0, 1, 2}, {4, 7, 10}, {1, 4, 7, 10}])
def test_lethal_cells_cost_their_own_questions(cells):
    assert _lost_questions(lambda ran, number: number in cells) == {number // 3 for number in cells}


@pytest.mark.parametrize(("starts", "strikes"), [(0, 1), (0, 4), (1, 4), (4, 5), (4, 7), (5, 6), (5, 8), (10, 13)])
def test_something_left_running_that_strikes_soon_costs_one_question_besides_its_own(starts, strikes):
    """A cell starts a thread that kills the process some cells later, whichever cell runs then."""
    lost = _lost_questions(lambda ran, number: starts in ran and len(ran) - ran.index(starts) >= strikes - starts)
    assert lost <= {starts // 3, starts // 3 + 1}
