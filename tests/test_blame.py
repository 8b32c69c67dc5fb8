"""Whom the supervisor blames for lost processes: places on paper, and made-up notebooks that kill their process."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grading.isolation.blame import Loss, blame
from grading.isolation.limits import Limits

STRETCHES = [range(0, 3), range(3, 6), range(6, 9), range(9, 12), range(12, 15), range(15, 15)]


def cell(number: int, *suspects: int) -> Loss:
    return Loss(f"cell {number}", number // 3, cell=number, suspects=frozenset(suspects))


def question(stretch: int, *suspects: int) -> Loss:
    return Loss(f"test {stretch}", stretch, question=f"q{stretch}", suspects=frozenset(suspects))


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


def test_what_the_same_suspects_preceded_twice_is_blamed_on_them():
    losses = [cell(4, 1, 2), question(3, 2)]
    found = blame(losses, STRETCHES)
    assert (set(found.cells), found.questions, found.acquitted) == ({2}, {}, {1, 3})


def test_suspects_are_acquitted_when_the_same_place_is_lethal_without_them():
    losses = [cell(4, 2), cell(7, 2), cell(4)]
    found = blame(losses, STRETCHES)
    assert (set(found.cells), found.acquitted) == ({4, 7}, {0})


def test_a_loss_elsewhere_leaves_the_suspects_guilty():
    found = blame([cell(4, 2), cell(7, 2), cell(13)], STRETCHES)
    assert (set(found.cells), found.acquitted) == ({2, 13}, set())


def test_one_loss_says_nothing_about_suspects():
    assert set(blame([cell(4, 2)], STRETCHES).cells) == {4}


def _lost_questions(lethal: Callable[[list[int], int], bool], suspects: set[int]) -> set[int]:
    """Which stretches lose cells in the end, if the process dies in a cell when `lethal(cells run before, cell)`."""
    losses: list[Loss] = []
    left_out: dict[int, str] = {}
    for _ in range(Limits.restarts + 1):
        ran: list[int] = []
        for number in range(15):
            if number in left_out:
                continue
            if lethal(ran, number):
                losses.append(cell(number, *(suspects & set(ran))))
                left_out = blame(losses, STRETCHES).cells
                break
            ran.append(number)
        else:
            return {number // 3 for number in left_out}
    return set(range(5))


@pytest.mark.parametrize("suspects", [set(), {0}, {2, 5}])
@pytest.mark.parametrize("cells", [{4}, {4, 7}, {1, 7, 13}, {0, 1, 2}, {4, 7, 10}])
def test_lethal_cells_cost_their_own_questions_whatever_else_is_running(cells, suspects):
    assert _lost_questions(lambda ran, number: number in cells, suspects) == {number // 3 for number in cells}


@pytest.mark.parametrize("delays", [[1], [4], [7], [3, 1, 8], [8, 2, 5]])
@pytest.mark.parametrize("starts", [0, 1, 4, 5])
def test_something_left_running_costs_the_question_that_left_it(starts, delays):
    """A cell starts a thread that kills the process some cells later, whichever cell runs then, each time another."""
    runs: list[int] = []

    def lethal(ran: list[int], number: int) -> bool:
        if not ran:
            runs.append(number)
        return starts in ran and len(ran) - ran.index(starts) == delays[len(runs) % len(delays)]

    assert _lost_questions(lethal, {starts}) <= {starts // 3}
