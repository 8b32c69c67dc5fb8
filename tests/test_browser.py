"""Both notebooks as students have them: JupyterLab in Chromium on an unpacked student.zip, up to the graded hand-in."""

from __future__ import annotations

import zipfile

import browser
import nbformat
import pytest
from conftest import AUTOGRADERS, ROOT

from grading.handout import FOLDER
from grading.pool import grade

pytestmark = pytest.mark.skipif(bool(browser.why_not()), reason=browser.why_not())


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    where = tmp_path_factory.mktemp("student")
    with zipfile.ZipFile(ROOT / "student.zip") as archive:
        archive.extractall(where)
    return where / FOLDER


@pytest.fixture(scope="module")
def address(folder, tmp_path_factory):
    with browser.jupyter(folder, tmp_path_factory.mktemp("jupyter")) as address:
        yield address


@pytest.fixture(scope="module")
def page():
    with browser.browser() as page:
        yield page


def _solve(opened: browser.Notebook, name: str, questions: str) -> list[str]:
    """Pastes the model solutions of the questions that begin like this; returns the questions."""
    solutions = nbformat.read(ROOT / "solutions" / f"{name}.ipynb", as_version=4)
    cells = [cell for cell in solutions.cells if "otter_answer_cell" in cell.metadata.get("tags", [])]
    cells = cells or [cell for cell in solutions.cells if cell.id.endswith(("-answer", "-solution"))]
    chosen = [cell for cell in cells if cell.id.startswith(questions)]
    for cell in chosen:
        opened.write(cell.id, cell.source)
    return [cell.id.split("-")[0] for cell in chosen]


def _hand_in(opened: browser.Notebook, folder):
    """Downloads what the last cell offers, and grades it with the isolated runner."""
    download = opened.download("hand-in")
    path = folder.parent / download.suggested_filename
    download.save_as(path)
    return grade(path, AUTOGRADERS)


def _quiet(opened: browser.Notebook) -> bool:
    """Whether no cell has shown an exception, a warning or anything else on stderr."""
    return not opened.kinds() & {"stderr", "error"}


def test_theory(page, address, folder):
    opened = browser.Notebook(page, address, "theory.ipynb")
    opened.run_all(120)
    assert _quiet(opened)
    assert "answer_1 is still empty. Write between the triple quotes" in opened.shown("check-q1")
    assert "0 of 20 questions pass their checks." in opened.shown("progress")
    assert "saved just now" in opened.shown("hand-in")
    assert "Not answered yet: all 20 questions" in opened.shown("hand-in")
    result = _hand_in(opened, folder)
    assert (result.error, result.score) == (None, 0)

    questions = _solve(opened, "theory", "q")
    opened.run_all(120)
    assert _quiet(opened)
    assert len(questions) == 20
    for question in questions:
        assert "passed!" in opened.shown(f"check-{question}")
        assert "has a good form. What it says is marked after you hand it in." in opened.shown(f"check-{question}")
    assert "20 of 20 questions pass their checks." in opened.shown("progress")
    assert "All 20 questions pass their checks." in opened.shown("hand-in")
    result = _hand_in(opened, folder)
    assert (result.error, result.score, result.notes) == (None, 47, ())


def test_practical(page, address, folder):
    opened = browser.Notebook(page, address, "practical.ipynb")
    opened.run_all(240)
    assert _quiet(opened)
    assert "Hint: expected a layer from build_vectorizer, got None." in opened.shown("check-p1a")
    assert "0 of 31 questions pass their checks." in opened.shown("progress")
    assert "Not answered yet: all 31 questions" in opened.shown("hand-in")

    questions = _solve(opened, "practical", "p7")
    opened.run_all(300)
    assert _quiet(opened)
    assert questions == ["p7a", "p7b", "p7c", "p7d"]
    assert all("passed!" in opened.shown(f"check-{question}") for question in questions)
    assert "✓ p7a   ✓ p7b   ✓ p7c   ✓ p7d" in opened.shown("progress")
    assert "4 of 31 questions pass their checks." in opened.shown("progress")
    result = _hand_in(opened, folder)
    assert (result.error, result.score) == (None, 10)
