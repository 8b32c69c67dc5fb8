"""What several test files share."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "tools")]

from grading.batch import grade_all  # noqa: E402
from grading.masters import Master, read_master  # noqa: E402
from grading.result import Result  # noqa: E402

SAMPLES = ROOT / "tests" / "samples"
THEORY_ZIP = ROOT / "autograder" / "theory.zip"
AUTOGRADERS = sorted((ROOT / "autograder").glob("*.zip"))


@pytest.fixture(scope="session")
def theory() -> Master:
    """The theory master."""
    return read_master(ROOT / "assignment" / "theory.ipynb")


@pytest.fixture(scope="session")
def practical() -> Master:
    """The master of the practicals."""
    return read_master(ROOT / "assignment" / "practical.ipynb")


@pytest.fixture(scope="session")
def model_answers(theory: Master) -> dict[int, str]:
    """The model answers by question, as the solution cells define them."""
    answers: dict[str, str] = {}
    for question in theory.questions:
        for source in question.solutions:
            exec(source.split("# END SOLUTION")[0], answers)
    return {n: answers[f"answer_{n}"] for n in range(1, 21)}


@pytest.fixture
def student_notebook() -> nbformat.NotebookNode:
    """A fresh copy of the theory notebook that students get."""
    return nbformat.read(ROOT / "student" / "theory.ipynb", as_version=4)


@pytest.fixture(scope="session")
def sample_results() -> dict[str, Result]:
    """Every sample submission, graded once: file name -> result."""
    paths = sorted(SAMPLES.iterdir())
    return {result.file: result for result in grade_all(paths, AUTOGRADERS)}
