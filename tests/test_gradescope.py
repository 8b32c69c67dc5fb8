"""Both zips in an image made as Gradescope makes it: setup.sh, then run_autograder on submissions, by the clock."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import attack_runs
import gradescope
import make_mixed
import nbformat
import pytest
from conftest import ROOT, SAMPLES
from gradescope import SMALLEST, Graded, Image, Size, problems

from grading.archive import read_zip, write_zip

CONTAINER = ROOT / "grading" / "container"
SIZES = {"theory": SMALLEST, "practical": Size(2, 3_072, 1_200)}
POINTS = {"theory": 47, "practical": 10}
ATTACKS = {"theory": "overwrites_the_tests", "practical": "equal_objects_as_results"}


@pytest.fixture(scope="module", params=["theory", "practical"])
def made(request) -> tuple[str, Image]:
    """Each zip's name and image, one after the other."""
    if reason := gradescope.why_not():
        pytest.skip(reason)
    try:
        gradescope.base_system()
    except gradescope.CannotRun as error:
        pytest.skip(f"there is no base system: {error}")
    return request.param, gradescope.image(ROOT / "autograder" / f"{request.param}.zip")


@pytest.fixture
def grade(made) -> Callable[[Path], Graded]:
    """Grades a submission as the zip's size allows; whatever comes of it, Gradescope must be able to show it."""
    stem, image = made

    def grade(path: Path) -> Graded:
        graded = gradescope.grade(image, path, SIZES[stem])
        assert graded.problems == [] and graded.ended.why == "", graded.ended.output
        assert graded.ended.status == 0, graded.ended.output
        return graded

    return grade


def test_what_is_solved_earns_its_points(made, grade, tmp_path):
    """All of the theory; of the practicals one, because all of them take minutes (test_otter_grade has them)."""
    stem, _ = made
    make_mixed.make(stem, tmp_path)
    path = tmp_path / "3-partial.ipynb" if stem == "practical" else ROOT / "solutions" / "theory.ipynb"
    assert grade(path).points == POINTS[stem]


def test_the_untouched_notebook_earns_nothing(made, grade):
    stem, _ = made
    assert grade(ROOT / "student" / f"{stem}.ipynb").points == 0


def test_a_broken_notebook_is_told_why(grade):
    graded = grade(SAMPLES / "16-broken.ipynb")
    assert graded.points == 0 and "is not a notebook: its text is not valid JSON" in graded.output


def test_an_empty_submission_is_told_why(grade, tmp_path):
    graded = grade(tmp_path)
    assert graded.points == 0 and "hand in exactly one notebook (.ipynb), not nothing" in graded.output


def test_an_attack_gains_nothing_and_all_protections_are_there(made, grade, tmp_path):
    stem, _ = made
    attack = next(attack for attack in attack_runs.attacks() if attack.name == ATTACKS[stem])
    nbformat.write(attack_runs.notebook_with(attack), tmp_path / "notebook.ipynb")
    graded = grade(tmp_path)
    scores = {test["name"]: test["score"] for test in graded.results["tests"] if "score" in test}
    assert scores.pop(attack.on) == 0
    assert sum(scores.values()) > 0, "honest questions have lost their points"
    assert "not protected" not in json.dumps(graded.results)


def test_an_image_that_lacks_what_is_imported_is_not_made(made, tmp_path):
    """Its grades would be wrong, and nobody would know."""
    stem, _ = made
    if stem == "practical":
        pytest.skip("the same script")
    entries = read_zip(ROOT / "autograder" / "theory.zip")
    entries["requirements.imports"] = b"import no_such_library\n"
    write_zip(tmp_path / "lacking.zip", entries)
    with pytest.raises(gradescope.CannotRun, match="No module named 'no_such_library'"):
        gradescope.image(tmp_path / "lacking.zip")


def test_who_needs_too_much_memory_is_not_left_alone(made):
    """Whatever is killed, there is a result that can be read."""
    stem, image = made
    if stem == "practical":
        pytest.skip("the same script")
    graded = gradescope.grade(image, ROOT / "student" / "theory.ipynb", Size(1, 40, 60))
    assert graded.ended.not_limited or graded.ended.why.startswith("a process was killed")
    assert graded.problems == [] and graded.points == 0
    if not graded.ended.not_limited:
        assert "Please tell your instructor." in graded.output


def test_without_python_there_is_a_result_all_the_same(tmp_path):
    shutil.copy(CONTAINER / "run_autograder", tmp_path)
    done = subprocess.run(["bash", tmp_path / "run_autograder"], capture_output=True, text=True)
    assert done.returncode != 0 and "grading ended with status 127" in done.stdout
    results = json.loads((tmp_path / "results" / "results.json").read_text())
    assert problems(results) == [] and results["score"] == 0
    assert "Please tell your instructor." in results["tests"][0]["output"]


@pytest.mark.parametrize(
    ("results", "wrong"),
    [
        ([], "results: must be an object, is []"),
        ({"tests": [{"name": "q1"}]}, "there is no score, neither above nor in any test"),
        ({"score": "4"}, "results: score must be a float, is '4'"),
        ({"score": float("nan")}, "results: score must be a float, is nan"),
        ({"score": 1, "visibility": "none"}, "results: visibility must be one of after_due_date, after_published, "),
        ({"score": 1, "points": 2}, "results: unknown key 'points'"),
        ({"tests": [{"score": 1}, {"score": 1, "output": None}]}, "test 2: output must be a str, is None"),
        ({"tests": [{"score": 1, "output": "a" * 99_999}], "output": "aa"}, "the outputs have 100,001 characters"),
    ],
)
def test_what_gradescope_does_not_take_is_noticed(results, wrong):
    assert [problem[: len(wrong)] for problem in problems(results)] == [wrong]


def test_what_gradescope_documents_is_taken():
    tests = [{"score": 2.0, "max_score": 2, "status": "passed", "name": "q1", "number": "1.1", "tags": []}]
    assert problems({"score": 44.0, "execution_time": 136, "stdout_visibility": "visible", "tests": tests}) == []
