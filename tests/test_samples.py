"""A class of sample submissions, graded from end to end."""

from __future__ import annotations

import json
import subprocess
import sys

import make_samples
import nbformat
import pytest
from conftest import AUTOGRADERS, ROOT, SAMPLES, THEORY_ZIP

from grading.archive import read_zip, write_zip
from grading.pool import grade, made_for
from grading.table import table

POSSIBLE = 47


def _by_prefix(results, prefix):
    return next(result for file, result in results.items() if file.startswith(prefix))


def test_samples_are_what_the_script_makes(tmp_path):
    make_samples.make(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(p.name for p in SAMPLES.iterdir())
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (SAMPLES / path.name).read_bytes(), f"run 'make samples': {path.name}"


def test_every_sample_gets_a_result(sample_results):
    assert len(sample_results) >= 12
    for result in sample_results.values():
        assert result.error or len(result.parts) == 20, result.file


def test_model_answers_earn_full_marks():
    result = grade(ROOT / "solutions" / "theory.ipynb", AUTOGRADERS)
    assert (result.score, result.possible, result.for_a_marker) == (POSSIBLE, POSSIBLE, 0)


def test_untouched_student_notebook_earns_nothing(sample_results):
    result = _by_prefix(sample_results, "13-untouched")
    assert (result.error, result.score, result.possible) == (None, 0, POSSIBLE)


def test_better_classes_earn_more(sample_results):
    score = {prefix: _by_prefix(sample_results, prefix).score for prefix in ("01", "05", "08", "09", "11")}
    assert score["01"] >= 0.85 * POSSIBLE
    assert score["01"] > score["05"] > score["08"] > score["09"]


@pytest.mark.parametrize("prefix", ["09-wrong", "10-roles", "11-keyword", "12-pleas"])
def test_gaming_and_wrong_answers_earn_next_to_nothing(sample_results, prefix):
    assert _by_prefix(sample_results, prefix).score <= 1


def test_a_cell_that_raises_costs_its_own_question(sample_results):
    scores = [part.score for part in _by_prefix(sample_results, "14").parts]
    strong = [part.score for part in _by_prefix(sample_results, "01").parts]
    assert scores == strong[:10] + [0] * 10


def test_odd_values_cost_their_own_question(sample_results):
    scores = [part.score for part in _by_prefix(sample_results, "15").parts]
    strong = [part.score for part in _by_prefix(sample_results, "01").parts]
    assert scores == [0] * 8 + strong[8:]


def test_a_zip_counts_like_the_notebook_in_it(sample_results):
    zipped, plain = _by_prefix(sample_results, "19"), _by_prefix(sample_results, "05")
    assert [part.score for part in zipped.parts] == [part.score for part in plain.parts]


@pytest.mark.parametrize(
    ("prefix", "says"),
    [
        ("16-broken", "16-broken.ipynb is not a notebook: its text is not valid JSON"),
        ("17-no-cells", "17-no-cells.ipynb has no code cells"),
        (
            "18-other",
            "the notebook is for 'attention-practical', but this is 'attention-theory'",
        ),
    ],
)
def test_what_cannot_be_graded_is_told_why(sample_results, prefix, says):
    result = _by_prefix(sample_results, prefix)
    assert says in result.error and result.score == 0 and "Traceback" not in result.error


@pytest.mark.parametrize("name", ["10-roles-swapped.ipynb", "15-odd-values.ipynb"])
def test_otter_run_gives_the_same_points(sample_results, name, tmp_path):
    command = [sys.executable, "-m", "otter", "run", "-a", str(THEORY_ZIP), "-o", str(tmp_path), str(SAMPLES / name)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    tests = json.loads((tmp_path / "results.json").read_text())["tests"]
    otter = {test["name"]: test["score"] for test in tests if "score" in test}
    assert otter == {part.name: part.score for part in sample_results[name].parts}


def test_the_table_has_a_line_for_every_submission(sample_results):
    text = table(list(sample_results.values()))
    for file in sample_results:
        assert file in text
    assert "Not graded:" in text and "For a marker:" in text and "Traceback" not in text


def test_what_is_in_the_zip_is_what_marks(tmp_path):
    """Grading must not depend on this package being installed: a zip whose checker credits everything does so."""
    entries = read_zip(THEORY_ZIP)
    entries["files/grading/responses/testcase.py"] += b"\n\ndef earns(*anything):\n    pass\n"
    write_zip(tmp_path / "generous.zip", entries)
    result = grade(SAMPLES / "13-untouched.ipynb", [tmp_path / "generous.zip"])
    assert result.error is None and result.score > 30


def test_a_notebook_is_graded_with_the_zip_made_for_it():
    result = grade(SAMPLES / "17-no-cells.ipynb", AUTOGRADERS)
    assert "no code cells" in result.error
    practical = nbformat.read(ROOT / "student" / "practical.ipynb", as_version=4)
    theory = nbformat.read(SAMPLES / "05-good.ipynb", as_version=4)
    assert made_for(practical, AUTOGRADERS).stem == "practical"
    del theory.metadata["otter"]  # as some editors do
    assert made_for(theory, AUTOGRADERS).stem == "theory"
