"""Our own keys of otter_config.json, from the zip to the results."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from conftest import SAMPLES, THEORY_ZIP

from grading.pool import grade as grade_with_our_command
from grading.result import Result

DOUBTFUL = SAMPLES / "03-strong-terse.ipynb"


@pytest.fixture(scope="module")
def by_our_command() -> Result:
    return grade_with_our_command(DOUBTFUL, [THEORY_ZIP])


@pytest.fixture
def graded(tmp_path: Path):
    """Grades the doubtful sample with some settings and Gradescope's metadata, and returns what Gradescope reads."""

    def grade(**settings) -> dict:
        root = tmp_path / "autograder"
        with zipfile.ZipFile(THEORY_ZIP) as archive:
            archive.extractall(root / "source")
        for path in (root / "source").rglob("otter_config.json"):  # the copy as well
            path.write_text(json.dumps(json.loads(path.read_text()) | settings))
        (root / "submission").mkdir()
        nbformat.write(nbformat.read(DOUBTFUL, as_version=4), root / "submission" / "theory.ipynb")
        late = {"created_at": "2026-11-22T08:00:00+00:00", "assignment": {"due_date": "2026-11-20T23:00:00+00:00"}}
        (root / "submission_metadata.json").write_text(json.dumps(late))
        subprocess.run([sys.executable, root / "source" / "run_otter.py", root], check=True)
        return json.loads((root / "results" / "results.json").read_text())

    return grade


def _points(output: dict) -> float:
    return sum(test.get("score", 0) for test in output["tests"])


def test_the_settings_as_they_are(graded, by_our_command):
    output = graded()
    assert _points(output) == by_our_command.score and by_our_command.for_a_marker > 0
    assert "score" not in output and "output" not in output  # nothing is deducted
    waiting = [test["output"].count("\n?") + test["output"].startswith("?") for test in output["tests"]]
    assert sum(waiting) == by_our_command.for_a_marker


def test_settings_for_waiting_ideas_late_days_and_visibility(graded, by_our_command):
    output = graded(
        waiting_ideas_earn_points=True,
        late={"free_days": 1, "percent_per_day": 10},
        show_hidden_when="after_due_date",
    )
    assert _points(output) > by_our_command.score
    assert output["output"] == "Handed in 2 days after the due date (1 of them free): 10 % of the points are deducted."
    assert output["score"] == pytest.approx(0.9 * _points(output))
    assert {test["visibility"] for test in output["tests"] if "score" in test} == {"after_due_date"}


@pytest.mark.parametrize("wrong", [{"late": {"days": 3}}, {"show_hidden_when": "never"}, {"limits": {"seconds": 3}}])
def test_a_wrong_setting_is_named_to_the_instructor(graded, wrong, capfd):
    (told,) = graded(**wrong)["tests"]
    assert told["output"] == "This submission could not be graded: Please tell your instructor."
    assert next(iter(wrong)) in capfd.readouterr().err
