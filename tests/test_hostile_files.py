"""Submissions that are hostile as files: archives, names, links, metadata, and what lies beside the notebook."""

from __future__ import annotations

import json
import os
import pickle
import zipfile
from pathlib import Path

import nbformat
import pytest
from conftest import AUTOGRADERS, ROOT, THEORY_ZIP

from grading.batch import grade_all
from grading.isolation import autograder
from grading.pool import grade
from grading.submission import LARGEST, BadSubmission, read_submission

HONEST = nbformat.read(ROOT / "solutions" / "theory.ipynb", as_version=4)
WANTED = ("otter-", "q8-", "check-q8", "q9-", "check-q9")  # two questions are enough to see who suffers


class Leaves:
    """A pickle that leaves a file behind when it is loaded."""

    def __init__(self, path: Path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


@pytest.fixture
def notebook() -> nbformat.NotebookNode:
    """The solved questions 8 and 9."""
    copy = nbformat.from_dict(json.loads(json.dumps(HONEST)))
    copy.cells = [cell for cell in copy.cells if cell.cell_type == "code" and cell.id.startswith(WANTED)]
    return copy


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder laid out as Gradescope's, with the tests of two questions."""
    with zipfile.ZipFile(THEORY_ZIP) as archive:
        archive.extractall(tmp_path / "autograder" / "source")
    for path in (tmp_path / "autograder" / "source" / "tests").glob("*.py"):
        if path.stem not in ("q8", "q9"):
            path.unlink()
    (tmp_path / "autograder" / "submission").mkdir()
    return tmp_path / "autograder"


def _scores(root: Path) -> dict[str, float]:
    """Points by question; empty if the submission was refused, with a sentence for the student."""
    autograder.main(root)
    tests = json.loads((root / "results" / "results.json").read_text())["tests"]
    assert all("instructor" not in test["output"] for test in tests if test["name"] == "Not graded"), tests
    return {test["name"]: test["score"] for test in tests if "score" in test}


def _full(root: Path) -> bool:
    scores = _scores(root)
    return set(scores) == {"q8", "q9"} and all(scores.values())


def _add(path: Path, **contents: str | bytes) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)


@pytest.mark.parametrize(
    "name", ["../../../slipped.ipynb", "/slipped.ipynb", "..\\slipped.ipynb", "a/../../slipped.ipynb"]
)
def test_zip_slip_writes_nothing_outside(root, notebook, name):
    _add(root / "submission" / "mine.zip", **{name: nbformat.writes(notebook), "../slipped.py": "x = 1"})
    assert _full(root)
    assert not [*root.parent.rglob("*slipped*"), *Path("/").glob("slipped*")]


def test_zip_slip_over_tests_and_results(root, notebook):
    names = ("../source/tests/q8.py", "../results/results.json", "tests/q8.py", "grading/__init__.py", "checks.py")
    notebook.cells[1].source = "answer_8 = 'It does what the others do not do.'"
    contents = dict.fromkeys(names, "points = 99") | {"mine.ipynb": nbformat.writes(notebook)}
    _add(root / "submission" / "mine.zip", **contents)
    scores = _scores(root)
    assert scores["q8"] == 0 and scores["q9"] > 0


@pytest.mark.parametrize("says_how_large", [True, False])
def test_zip_bomb(root, says_how_large):
    path = root / "submission" / "mine.zip"
    _add(path, **{"a.ipynb": b" " * (10 * LARGEST)})
    if not says_how_large:  # the sizes in the archive claim a small file
        data, size = path.read_bytes(), (10 * LARGEST).to_bytes(4, "little")
        path.write_bytes(data.replace(size, (1000).to_bytes(4, "little")))
    assert _scores(root) == {}


def test_zip_in_a_zip_is_no_notebook(root, tmp_path, notebook):
    _add(tmp_path / "inner.zip", **{"a.ipynb": nbformat.writes(notebook)})
    _add(root / "submission" / "mine.zip", **{"inner.zip": (tmp_path / "inner.zip").read_bytes()})
    assert _scores(root) == {}


def test_zip_with_a_password_or_an_unknown_method(tmp_path, notebook):
    path = tmp_path / "mine.zip"
    _add(path, **{"a.ipynb": nbformat.writes(notebook)})
    data = bytearray(path.read_bytes())
    for offset, value, says in ((8, 1, "not a zip file that can be opened"), (10, 99, "packed in an unusual way")):
        changed = data.copy()
        changed[data.index(b"PK\x01\x02") + offset] = value
        path.write_bytes(changed)
        with pytest.raises(BadSubmission, match=says):
            read_submission(path)


def test_damaged_zip(tmp_path, notebook):
    path = tmp_path / "mine.zip"
    _add(path, **{"a.ipynb": nbformat.writes(notebook)})
    data = bytearray(path.read_bytes())
    data[60:120] = bytes(60)
    path.write_bytes(data)
    with pytest.raises(BadSubmission, match="not a zip file that can be opened"):
        read_submission(path)


@pytest.mark.parametrize("names", [("a.ipynb", "b.ipynb"), ("a.zip", "b.zip"), ()])
def test_not_exactly_one_submission(root, notebook, names):
    for name in names:
        (root / "submission" / name).write_text(nbformat.writes(notebook))
    assert _scores(root) == {}


def test_linked_notebook_is_not_followed(root, tmp_path, notebook):
    (tmp_path / "elsewhere.ipynb").write_text(nbformat.writes(notebook))
    (root / "submission" / "mine.ipynb").symlink_to(tmp_path / "elsewhere.ipynb")
    assert _scores(root) == {}


def test_zip_with_a_linked_notebook(root, notebook, tmp_path):
    (tmp_path / "elsewhere.ipynb").write_text(nbformat.writes(notebook))
    link = zipfile.ZipInfo("mine.ipynb")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(root / "submission" / "mine.zip", "w") as archive:
        archive.writestr(link, str(tmp_path / "elsewhere.ipynb"))
    assert _scores(root) == {}


def test_pipes_and_folders_named_like_notebooks(root, notebook):
    os.mkfifo(root / "submission" / "pipe.ipynb")
    (root / "submission" / "folder.ipynb").mkdir()
    (root / "submission" / "mine.ipynb").write_text(nbformat.writes(notebook))
    assert _full(root)


def test_names_that_are_code_or_commands(root, notebook):
    (root / "submission" / "$(touch forged); 'x' --help\n.ipynb").write_text(nbformat.writes(notebook))
    assert _full(root)


def test_pickles_beside_the_notebook_are_never_loaded(root, notebook, tmp_path):
    loaded = pickle.dumps(Leaves(tmp_path / "loaded"))
    for name in (".OTTER_LOG", "results.pkl", "results.pickle", "otter_log.pkl"):
        (root / "submission" / name).write_bytes(loaded)
    (root / "submission" / "mine.ipynb").write_text(nbformat.writes(notebook))
    assert _full(root)
    assert not (tmp_path / "loaded").exists()


def test_files_beside_the_notebook_shadow_nothing(root, notebook):
    for name in (
        "checks.py",
        "otter.py",
        "numpy.py",
        "json.py",
        "grading/__init__.py",
        "tests/q8.py",
        "otter_config.json",
    ):
        path = root / "submission" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("raise SystemExit")
    (root / "submission" / "mine.ipynb").write_text(nbformat.writes(notebook))
    assert _full(root)


@pytest.mark.parametrize(
    "metadata",
    [
        {"kernelspec": {"name": "no-such-kernel", "display_name": "x", "language": "cobol"}},
        {"kernelspec": {"name": "../../bin/sh", "display_name": "x"}, "language_info": {"name": "x"}},
        {"otter": {"tests": {"q8": {"points": 99}}, "OK_FORMAT": True}},
        {"otter": ["q8"]},
        {"otter": {"assignment_name": ["attention-theory"]}},
        {"points": 99, "seed": 5, "limits": {"memory_mib": 10**9}},
    ],
)
def test_metadata_of_the_notebook(root, notebook, metadata):
    notebook.metadata = nbformat.from_dict(metadata)
    (root / "submission" / "mine.ipynb").write_text(json.dumps(notebook))
    scores = _scores(root)
    assert not scores or all(scores.values())


@pytest.mark.parametrize(
    "metadata",
    [
        {"otter": {"tests": ["q8'); __import__('os')._exit(1) #", "../q8", "q9\n", "", "loot"]}},
        {"otter": {"tests": [5, None, ["q8"], {"q8": 1}]}},
        {"otter": {"tests": 5}},
        {"otter": {"tests": {"q8": 5}, "ignore": ""}},
        {"otter": 5, "deletable": False},
        {"otter": None, "tags": ["x"]},
        {"points": 99, "hidden": False, "nbgrader": {"points": 99}},
    ],
)
def test_metadata_of_cells(root, notebook, metadata):
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict(metadata)
    (root / "submission" / "mine.ipynb").write_text(json.dumps(notebook))
    assert _full(root)


def test_questions_checked_out_of_turn_and_again(root, notebook):
    notebook.cells.insert(0, nbformat.v4.new_code_cell('grader.check("q8"); grader.check("q9"); grader.check("x")'))
    notebook.cells += [nbformat.v4.new_code_cell('grader.check("q8")') for _ in range(3)]
    (root / "submission" / "mine.ipynb").write_text(nbformat.writes(notebook))
    assert _full(root)


def test_outputs_that_are_already_there_do_not_count(root, notebook):
    notebook.cells[1].source = "answer_8 = 'It does what the others do not do.'"
    for cell in notebook.cells:
        cell.outputs = [nbformat.v4.new_output("stream", text="q8 results: All test cases passed!")]
    (root / "submission" / "mine.ipynb").write_text(nbformat.writes(notebook))
    scores = _scores(root)
    assert scores["q8"] == 0 and scores["q9"] > 0


def test_half_characters_and_control_characters(root, notebook):
    notebook.cells.insert(1, nbformat.v4.new_code_cell("x = 'HALF \\u0000 \\u001b[2J'"))
    text = json.dumps(notebook).replace("HALF", "\\ud800")
    (root / "submission" / "mine.ipynb").write_text(text)
    assert _full(root)


def test_no_answer_says_which_idea_waits_for_a_person(tmp_path, notebook):
    """The message of an error travels; one that reads like ours must not name ideas that do not wait."""
    forged = """class ForAMarker(Exception): pass
class Answer:
    @property
    def __class__(self): raise ForAMarker("a person will look at idea zz: it says so")
answer_8 = Answer()"""
    notebook.cells[1].source = forged
    (tmp_path / "forged.ipynb").write_text(nbformat.writes(notebook))
    (result,) = grade_all([tmp_path / "forged.ipynb"], [THEORY_ZIP])
    (part,) = [part for part in result.parts if part.name == "q8"]
    assert part.score == 0 and "zz" in part.cases[1].message and not part.for_a_marker


def test_own_command_on_hostile_notebooks(tmp_path, notebook):
    text = json.dumps(notebook).replace("The encoder", "\\ud800 The encoder", 1)
    (tmp_path / "half.ipynb").write_text(text)
    result = grade(tmp_path / "half.ipynb", AUTOGRADERS)
    assert result.error or result.parts
    (tmp_path / "bomb.ipynb").write_text('{"nbformat": 4, "cells": ' + "[" * 5000 + "]" * 5000 + "}")
    assert grade(tmp_path / "bomb.ipynb", AUTOGRADERS).error


def test_hugely_many_cells(root, notebook):
    notebook.cells[2:2] = [nbformat.v4.new_code_cell("x = 1", id=f"x{number}") for number in range(3000)]
    (root / "submission" / "mine.ipynb").write_text(nbformat.writes(notebook))
    assert _full(root)
