"""Master notebooks: how they are stored, and what is said about malformed ones."""

from __future__ import annotations

import shutil

import nbformat
import pytest
from conftest import ROOT
from nbclient import NotebookClient

from grading.masters import MasterError, read_master

MASTERS = sorted((ROOT / "assignment").glob("*.ipynb"))


@pytest.mark.parametrize("path", MASTERS, ids=lambda path: path.stem)
def test_masters_are_stored_without_outputs_and_with_telling_ids(path):
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        assert not cell.get("outputs") and cell.get("execution_count") is None, cell.id
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)


def test_twenty_questions_with_the_points_of_the_guide(theory):
    points = [4, 2, 2, 3, 4, 3, 2, 2, 2, 2, 2, 3, 2, 2, 2, 2, 2, 2, 2, 2]
    assert [(question.name, question.points) for question in theory.questions] == [
        (f"q{n}", p) for n, p in enumerate(points, 1)
    ]


def test_every_idea_is_one_hidden_case_with_a_hint(theory):
    for question in theory.questions:
        cases = [test for test in question.tests if test.calls("earns")]
        assert cases and all(case.hidden for case in cases)


def _source(id, old, new):
    def edit(notebook):
        cell = next(cell for cell in notebook.cells if cell.id == id)
        assert old in cell.source
        cell.source = cell.source.replace(old, new)

    return edit


def _drop(id):
    def edit(notebook):
        notebook.cells = [cell for cell in notebook.cells if cell.id != id]

    return edit


def test_a_public_test_that_uses_hidden_data_is_named(tmp_path):
    shutil.copytree(ROOT / "assignment", tmp_path / "assignment")
    path = tmp_path / "assignment" / "practical.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell = next(cell for cell in notebook.cells if "hidden_data(" in cell.source)
    cell.source = cell.source.replace("hidden: true\n", "")
    nbformat.write(notebook, path)
    with pytest.raises(MasterError, match=rf"\({cell.id}\), question p\d\w: a public test uses hidden data"):
        read_master(path)


MALFORMED = {
    "no solution markers": (
        _source("q3-answer", "# BEGIN SOLUTION NO PROMPT", "# MY SOLUTION"),
        r"\(q3-answer\), question q3: a solution cell without",
    ),
    "quote in a hint": (
        _source("q4-idea-a", "What has", 'What \\"has\\"'),
        r"\(q4-idea-a\), question q4: failure_message",
    ),
    "points do not add up": (_source("q5-begin", "points: 4", "points: 5"), r"question q5: its tests give 4 points"),
    "no points": (_source("q5-begin", "points: 4", "points: many"), r"\(q5-begin\): a question needs"),
    "broken settings": (_source("q6-begin", "name: q6", "name: [q6"), r"\(q6-begin\): its settings are not valid YAML"),
    "broken test": (
        _source("q6-idea-a", "earns(answer_6,", "earns(answer_6"),
        r"\(q6-idea-a\), question q6: the test does not",
    ),
    "unknown rubric": (_source("q7-idea-a", '"q07"', '"q77"'), r"question q7: there is no file q77.toml"),
    "idea missing": (_drop("q8-idea-b"), r"question q8: its tests give 1 points"),
    "idea of no rubric": (_source("q8-idea-b", '"b"', '"z"'), r"question q8: its hidden tests must take the ideas"),
    "question not ended": (_drop("q9-end"), r"\(q10-begin\), question q9: '# BEGIN QUESTION' before the last"),
    "tests not ended": (_drop("q9-end-tests"), r"\(q9-end\), question q9: '# END QUESTION' before # END TESTS"),
    "same name twice": (_source("q10-begin", "name: q10", "name: q9"), r"already a question named 'q9'"),
    "end without begin": (_drop("q11-begin-tests"), r"\(q11-end-tests\), question q11: '# END TESTS' without"),
    "last question open": (_drop("q20-end"), r"question q20: the notebook ends before"),
    "no configuration": (_drop("config"), r"theory.ipynb has no '# ASSIGNMENT CONFIG' cell"),
}


@pytest.mark.parametrize("name", list(MALFORMED))
def test_a_malformed_master_is_named_with_cell_and_question(tmp_path, name):
    edit, message = MALFORMED[name]
    shutil.copytree(ROOT / "assignment", tmp_path / "assignment")
    path = tmp_path / "assignment" / "theory.ipynb"
    notebook = nbformat.read(path, as_version=4)
    edit(notebook)
    nbformat.write(notebook, path)
    with pytest.raises(MasterError, match=message):
        read_master(path)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": 3, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}'])
def test_a_file_that_is_no_notebook(tmp_path, text):
    path = tmp_path / "theory.ipynb"
    path.write_text(text)
    with pytest.raises(MasterError, match=r"theory\.ipynb is not a valid notebook"):
        read_master(path)


def test_the_theory_runs_and_runs_again_in_one_kernel():
    """As an author would in Jupyter: every cell from top to bottom, twice. (The practicals would take four minutes.)"""
    path = ROOT / "assignment" / "theory.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [
        *notebook.cells,
        *(nbformat.v4.new_code_cell(c.source) for c in notebook.cells if c.cell_type == "code"),
    ]
    folder = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, resources=folder, extra_arguments=["--log-level=ERROR"]).execute()
