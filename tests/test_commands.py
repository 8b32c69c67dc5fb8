"""The command line as an instructor uses it, and every command that the documents name."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from conftest import ROOT

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "student" / "README.md"]


def _run(*arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "grading", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)


def test_mark_says_what_became_of_every_idea():
    done = _run("mark", "q08", "The encoder turns the input sentence into a context vector.")
    assert done.returncode == 0 and done.stdout.startswith("1 of 2 points")
    assert "a: recognised in “The encoder turns the input sentence into a context vector”." in done.stdout
    assert "b: not recognised." in done.stdout


def test_rubric_check_passes_on_the_rubrics_of_the_assignment():
    done = _run("rubric", "check")
    assert done.returncode == 0 and "all examples are marked as they say" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["mark", "q99", "text"], "there is no file q99.toml"),
        (["mark", "q08", "..."], "still empty"),
        (["grade", "nowhere.ipynb"], "there is no file or folder nowhere.ipynb"),
        (["grade", "--marks", "nowhere.csv", "tests/samples"], "nowhere.csv"),
        (["agreement", "README.md"], "README.md, line 1 is no marked answer"),
    ],
)
def test_mistakes_get_a_sentence_and_no_traceback(arguments, says):
    done = _run(*arguments)
    assert done.returncode == 1 and says in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_in_documents_exist(path):
    text = path.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for target in re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE):
        assert target in targets, f"make {target}"
    for words in re.findall(r"-m grading ([a-z]+(?: check)?)", text):
        assert _run(*words.split(), "--help").returncode == 0, words


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_in_documents_lead_somewhere(path):
    for link in re.findall(r"\]\((?!http)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / link).exists(), link
