"""Stock Otter and the isolated runner give the same points, and ours is no slower (more: tools/parity.py)."""

from __future__ import annotations

import pytest
from conftest import ROOT, SAMPLES
from parity import AT_MOST, compare


@pytest.mark.parametrize("name", ["07-mixed.ipynb", "14-stops-half-way.ipynb"])
def test_samples_get_the_same_points(name):
    row = compare(name, SAMPLES / name)
    assert row.differences == [] and sum(row.ours[0].values()) > 0


def test_the_theory_solution_gets_the_same_points_in_less_time():
    row = compare("theory", ROOT / "solutions" / "theory.ipynb", times=1)
    assert row.differences == [] and len(row.ours[0]) == 20
    assert row.ratio < AT_MOST["theory"] + 0.2  # a machine that does other things as well is not as fair as parity.py
