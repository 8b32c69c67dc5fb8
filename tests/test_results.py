"""What students and instructors read on Gradescope."""

from __future__ import annotations

import pytest
from otter.run.run_autograder.autograder_config import AutograderConfig
from small_notebooks import otter_test

from grading.isolation.late import LatePolicy, days_late
from grading.isolation.results import for_gradescope, for_instructor, grading_results
from grading.isolation.supervisor import CaseOutcome, Record

PASSED = CaseOutcome(True, "recognised in “one word at a time”.", "recognised in “one word at a time”.")
FAILED = CaseOutcome(False, "Error at line 3\nHint: not there.", "Hint: not there.")
WAITS = CaseOutcome(False, *["ForAMarker: a person will look at idea b: it says “P” and also “not P”."] * 2)
WITHHELD = CaseOutcome(False, "Error at line 3\nHint: got [secret]")
CHECK = CaseOutcome(False, "Error at line 7 in test q1:\n  f(1)\nHint: got 3.", "Hint: got 3.", "Error at line 7:\n")


def shown(hidden, public=(), settings=None, **options) -> dict:
    """What Gradescope gets of question q1 with these outcomes of its hidden tests, and q2 with its public ones."""
    outcomes = {"q1": list(hidden), "q2": list(public)}
    tests = {name: otter_test(name, *["x\npass"] * len(outcomes[name]), hidden=name == "q1") for name in outcomes}
    record = Record(outcomes, seconds=2.4)
    config = AutograderConfig({"show_hidden": True, **(settings or {})})
    return for_gradescope(record, grading_results(record, tests), config, **options)


def entry(output: dict, name: str) -> dict:
    return next(test for test in output["tests"] if test["name"] == name)


def test_every_hidden_test_has_a_line_with_its_points_and_what_it_said():
    q1 = entry(shown([PASSED, FAILED, WITHHELD]), "q1")
    assert q1["output"].splitlines() == [
        "✓ Think of q1? (1 point)",
        "    recognised in “one word at a time”.",
        "✗ Think of q1? (0 of 1 point)",
        "    not there.",
        "✗ Think of q1? (0 of 1 point)",
    ]
    assert (q1["score"], q1["max_score"], q1["status"]) == (1, 3, "failed")


def test_an_idea_that_waits_for_a_person_is_told_apart():
    lines = entry(shown([PASSED, WAITS]), "q1")["output"].splitlines()
    assert lines[2:] == [
        "? Think of q1? (0 of 1 point)",
        "    a person will look at idea b: it says “P” and also “not P”.",
        "",
        "1 idea of your answer waits for a person. Your points may still go up.",
    ]


def test_public_checks_are_never_called_all_tests():
    output = shown([FAILED], [PASSED, CHECK])
    public = entry(output, "Public checks")
    assert public["output"].startswith("1 of 2 public checks passed.") and public["visibility"] == "visible"
    assert public["output"].endswith("✗ q2: q2 - 2\n    got 3.")
    assert not any("All test" in test["output"] for test in output["tests"])


@pytest.mark.parametrize(
    ("settings", "when", "visibility", "told"),
    [
        ({}, "after_published", "after_published", "here when grades are published"),
        ({}, "after_due_date", "after_due_date", "here after the due date"),
        ({}, "visible", "visible", "below"),
        ({"show_hidden": False}, "after_published", "hidden", None),
    ],
)
def test_hidden_tests_are_seen_when_the_settings_say(settings, when, visibility, told):
    output = shown([FAILED], [PASSED], settings, when=when)
    assert entry(output, "q1")["visibility"] == visibility
    assert (f"is shown {told}." in entry(output, "Public checks")["output"]) == bool(told)


def test_a_setting_that_is_none():
    with pytest.raises(ValueError, match=r"show_hidden_when must be one of after_published, .*, got 'never'"):
        shown([FAILED], when="never")


def test_what_only_instructors_see():
    record = Record(
        {"q1": [WITHHELD, PASSED, FAILED]},
        notes=["cell 3 ended"],
        raised=["cell 2: E: e"],
        refused={"network": "no Landlock"},
    )
    assert "\n".join(for_instructor(record)).splitlines() == [
        "note: cell 3 ended",
        "raised in cell 2: E: e",
        "not protected: network (no Landlock)",
        "q1 - 1: Error at line 3",
        "    Hint: got [secret]",
    ]
    assert not any("secret" in str(test) for test in shown([WITHHELD])["tests"])


def test_nothing_is_hidden_for_good_because_that_would_hide_the_total():
    assert "hidden" not in {test["visibility"] for test in shown([PASSED, WITHHELD])["tests"]}


def test_outputs_stay_below_gradescopes_limit():
    long = CaseOutcome(False, "x" * 70_000, "x" * 70_000)
    output = shown([long, long], [long])
    assert sum(len(test["output"]) for test in output["tests"]) < 100_000
    assert "(cut)" in entry(output, "q1")["output"]


def test_otters_settings_for_the_score_are_kept():
    assert shown([PASSED, FAILED], settings={"points_possible": 10})["score"] == 5
    assert shown([PASSED, FAILED], settings={"score_threshold": 0.75})["score"] == 0


def _metadata(handed_in: str) -> dict:
    return {"created_at": handed_in, "assignment": {"due_date": "2026-11-20T23:00:00.000000+01:00"}}


@pytest.mark.parametrize(
    ("handed_in", "days", "percent"),
    [
        ("2026-11-20T22:59:00.000000+01:00", 0, 0),
        ("2026-11-20T22:30:00.000000+00:00", 1, 0),
        ("2026-11-21T23:30:00.000000+01:00", 2, 10),
        ("2027-11-21T23:00:00.000000+01:00", 366, 100),
    ],
)
def test_late_days(handed_in, days, percent):
    policy = LatePolicy.from_settings({"free_days": 1, "percent_per_day": 10})
    assert days_late(_metadata(handed_in)) == days
    assert policy.deducted(days) == percent
    assert (f"{days} day" in policy.told(days) and f"{percent} %" in policy.told(days)) == (days > 0)


@pytest.mark.parametrize("metadata", [{}, {"created_at": "soon", "assignment": {"due_date": None}}, [], None])
def test_nobody_is_late_without_a_date(metadata):
    assert days_late(metadata) == 0


@pytest.mark.parametrize("settings", [{"days": 1}, {"free_days": -1}, {"percent_per_day": "10"}, {"free_days": True}])
def test_a_late_policy_that_is_none(settings):
    with pytest.raises(ValueError, match="late: "):
        LatePolicy.from_settings(settings)
