"""The practicals: solved and untouched, before proxies and under Otter, offline, within their limits."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest
from conftest import AUTOGRADERS, ROOT
from nbclient import NotebookClient

from grading.pool import grade

ASSIGNMENT = ROOT / "assignment"
POINTS = {f"p{n}": 10 for n in range(1, 9)}
OFFLINE = ["unshare", "--map-root-user", "--net"]


def _run(*options: str) -> dict:
    """What tests/tools/practicals.py prints, run in a process without a network where the system lets us."""
    command = [sys.executable, str(ROOT / "tests" / "tools" / "practicals.py"), "--json", *options]
    if shutil.which("unshare") and not subprocess.run([*OFFLINE, "true"], capture_output=True).returncode:
        command = OFFLINE + command
    done = subprocess.run(command, capture_output=True, text=True, timeout=900, env={**os.environ, "MPLBACKEND": "Agg"})
    assert done.returncode == 0, done.stderr[-2000:]
    assert not done.stderr.strip(), f"a quiet run, please: {done.stderr[:500]}"
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def solved() -> dict:
    """The model solutions, every test before proxies."""
    return _run("--proxies")


@pytest.fixture(scope="module")
def untouched() -> dict:
    """What students start from."""
    return _run("--stubs")


def _points(run: dict) -> dict[str, float]:
    sums = dict.fromkeys(POINTS, 0)
    for outcome in run["outcomes"]:
        sums[outcome["question"][:2]] += 0 if outcome["message"] else outcome["points"]
    return sums


def test_solutions_pass_every_test_through_proxies(solved):
    assert [outcome for outcome in solved["outcomes"] if outcome["message"]] == []
    assert _points(solved) == POINTS


def test_the_whole_notebook_is_quick_and_small(solved):
    """On a quiet machine with two cores it takes 105 s; here other tests run at the same time."""
    assert sum(solved["seconds"].values()) < 450
    assert solved["peak"] < 1.5 * 1024  # MiB


def test_every_public_check_takes_seconds(solved):
    """At most 5 s is what students are promised; a machine that does other things as well gets more."""
    public = [outcome for outcome in solved["outcomes"] if not outcome["hidden"]]
    assert [(outcome["test"], outcome["seconds"]) for outcome in public if outcome["seconds"] > 20] == []


def test_untouched_stubs_fail_every_test_in_a_kind_line(untouched):
    assert _points(untouched) == dict.fromkeys(POINTS, 0)
    for outcome in untouched["outcomes"]:
        said = " ".join(outcome["message"].partition("\n")[2].split())
        assert re.match(r"Hint: expected .+, (got|but) .+", said), outcome


def test_hidden_tests_carry_the_points_and_a_hint(practical):
    for question in practical.questions:
        for test in question.tests:
            assert bool(test.points) == test.hidden, (question.name, test.function.name)
    hints = [cell.source for cell in practical.notebook.cells if "hidden: true" in cell.source]
    assert all(re.search(r'failure_message: "[^"]+\?', hint) for hint in hints)


def test_otter_gives_the_solutions_full_marks():
    result = grade(ROOT / "solutions" / "practical.ipynb", AUTOGRADERS)
    assert result.error is None
    assert [(part.name, part.score) for part in result.parts if part.score != part.possible] == []
    assert result.score == sum(POINTS.values())


def test_the_untouched_notebook_runs_to_the_end():
    notebook = nbformat.read(ROOT / "student" / "practical.ipynb", as_version=4)
    notebook.cells = [cell for cell in notebook.cells if "hand_in(" not in cell.source]
    folder = {"metadata": {"path": str(ROOT / "student")}}
    NotebookClient(notebook, resources=folder, allow_errors=True, extra_arguments=["--log-level=ERROR"]).execute()
    outputs = [(cell.id, output) for cell in notebook.cells for output in cell.get("outputs", ())]
    assert [(id, output.evalue) for id, output in outputs if output.output_type == "error"] == []
    assert [(id, output.text) for id, output in outputs if output.get("name") == "stderr"] == []


def _sentences(value) -> set[str]:
    """All texts of four words or more in some JSON data."""
    if isinstance(value, str):
        return {value} if len(value.split()) >= 4 else set()
    if isinstance(value, dict):
        value = [*value, *value.values()]
    return set().union(*map(_sentences, value)) if isinstance(value, list) else set()


GIVEN_ON_PURPOSE = {"rhymes": ("text",)}  # the training text, which a test makes its bigram model from
LONG = 12  # words; shorter ones, such as "There once was a", may begin many texts


@pytest.mark.parametrize("path", sorted((ASSIGNMENT / "hidden").glob("*.json")), ids=lambda path: path.stem)
def test_students_have_no_sentence_of_the_hidden_data(path):
    files = list((ROOT / "student" / "data").iterdir())
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    sentences = set().union(*(_sentences(json.loads(file.read_text())) for file in files if file.suffix == ".json"))
    hidden = json.loads(path.read_text(encoding="utf-8"))
    for key in GIVEN_ON_PURPOSE.get(path.stem, ()):
        del hidden[key]
    assert [s for s in _sentences(hidden) if s in sentences or (len(s.split()) >= LONG and s in text)] == []


TRAINED = {"entities", "gpt2"}  # training these takes minutes, and the last digits depend on the machine


@pytest.mark.parametrize(
    "module", sorted({path.stem for path in (ASSIGNMENT / "make_data").glob("[a-z]*.py")} - TRAINED)
)
def test_data_comes_from_its_seed(module, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT))
    import importlib

    make = importlib.import_module(f"assignment.make_data.{module}").make
    for name, contents in make(2026).items():
        assert (ASSIGNMENT / name).read_text(encoding="utf-8") == contents, f"run 'make data': {name}"
    other = make(7)
    assert other.keys() == make(2026).keys() and other != make(2026)


def test_data_and_models_are_small():
    files = [path for name in ("data", "models", "hidden") for path in (ASSIGNMENT / name).rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 10e6
