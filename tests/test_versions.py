"""The version of the assignment: in everything that leaves the build, and what it means for a submission."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from conftest import AUTOGRADERS, ROOT, THEORY_ZIP

from grading import __version__
from grading.archive import read_zip
from grading.submission import BadSubmission
from grading.versions import KEY, made_with

MAJOR = int(__version__.split(".")[0])
OLDER, OTHER = f"{MAJOR}.0.0b1", f"{MAJOR + 1}.0.0"


def test_every_notebook_and_zip_is_stamped():
    notebooks = [*(ROOT / "student").glob("*.ipynb"), *(ROOT / "student" / "colab").glob("*.ipynb"),
                 *(ROOT / "solutions").glob("*.ipynb")]  # fmt: skip
    assert len(notebooks) == 6
    assert {nbformat.read(path, as_version=4).metadata.get(KEY) for path in notebooks} == {__version__}
    for path in AUTOGRADERS:
        assert f'__version__ = "{__version__}"' in read_zip(path)["files/grading/__init__.py"].decode()


def test_the_changelog_tells_handout_and_code_apart():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.split(r"^## ", text, flags=re.MULTILINE)[1]
    assert re.match(r"[\d.]+", __version__).group().rstrip(".") in newest.splitlines()[0], "the newest comes first"
    assert re.findall(r"^### (.*)", newest, re.MULTILINE) == ["Handout", "Code"]


@pytest.mark.parametrize("stamp", [__version__, OLDER, f"{MAJOR}.99.1"])
def test_the_same_major_version_is_graded(stamp):
    assert made_with({KEY: stamp}) == stamp


@pytest.mark.parametrize(
    "metadata", [{}, {KEY: None}, {KEY: 3}, {KEY: "new"}, {KEY: "9" * 5_000}, {KEY: "2\n"}, None, []]
)
def test_a_notebook_without_a_version_is_graded(metadata):
    assert made_with(metadata) is None


@pytest.mark.parametrize("stamp", [OTHER, "0.1.0", "99.0.0rc1"])
def test_another_major_version_is_refused_with_what_to_do(stamp):
    with pytest.raises(
        BadSubmission, match=f"made from version {re.escape(stamp)} .* this is version .* Copy your answers"
    ):
        made_with({KEY: stamp})


def _graded(stamp: str | None, root: Path) -> Path:
    """Grades the untouched theory notebook with this stamp as Gradescope does; returns the folder of results."""
    notebook = nbformat.read(ROOT / "student" / "theory.ipynb", as_version=4)
    del notebook.metadata[KEY]
    if stamp:
        notebook.metadata[KEY] = stamp
    with zipfile.ZipFile(THEORY_ZIP) as archive:
        archive.extractall(root / "source")
    (root / "submission").mkdir()
    nbformat.write(notebook, root / "submission" / "theory.ipynb")
    subprocess.run([sys.executable, str(root / "source" / "run_otter.py"), str(root)], check=True, timeout=120,
                   capture_output=True)  # fmt: skip
    return root / "results"


@pytest.mark.parametrize("stamp", [None, __version__, OLDER])
def test_results_say_both_versions(tmp_path, stamp):
    results = _graded(stamp, tmp_path)
    versions = {"made_with": stamp, "graded_with": __version__}
    assert json.loads((results / "results.json").read_text())["extra_data"] == versions
    record = json.loads((results / "record.json").read_text())
    assert {name: record[name] for name in versions} == versions
    differ = f"the notebook was made from version {stamp} and graded with version {__version__}"
    assert record["notes"] == ([differ] if stamp == OLDER else [])


def test_a_refused_version_is_explained_to_the_student(tmp_path):
    results = _graded(OTHER, tmp_path)
    (test,) = json.loads((results / "results.json").read_text())["tests"]
    assert f"made from version {OTHER} of the assignment, but this is version {__version__}." in test["output"]
    assert not (results / "record.json").exists()
