"""What authors use: a new question, the preview, re-tests at every save, checks before a commit, readable diffs.

All of it runs on copies of the repository, whose practicals are cut down to the quickest one.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT

from grading.authoring.clean import clean
from grading.authoring.new_question import new_question
from grading.masters import MasterError

QUICKEST = "p7"
COPIED = ("assignment", "grading", "docs", "README.md", "Makefile", "otter_config.json", "pyproject.toml")
HELPERS = ("watch.py", "warm.py", "watched.py", "practicals.py", "proxies.py")
HIDDEN_AWAY = (".pre-commit-config.yaml", ".gitattributes", ".gitignore")


def _run(root: Path, *command: str, status: int = 0) -> str:
    """What a command in the copy prints."""
    done = subprocess.run(command, cwd=root, env=_environment(root), capture_output=True, text=True, timeout=300)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


def _environment(root: Path) -> dict[str, str]:
    """The copy's own package comes first; no screen; nothing is kept in the home directory."""
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return environment | {
        "PYTHONPATH": str(root),
        "PRE_COMMIT_HOME": str(root / ".pre-commit"),
        "PYTHONUNBUFFERED": "1",
    }


def _python(root: Path, *arguments: str, status: int = 0) -> str:
    return _run(root, sys.executable, "-m", *arguments, status=status)


def _started(root: Path, *command: str) -> subprocess.Popen:
    """A program that is ended like by Ctrl+C, which what runs in the background of a shell would ignore."""
    return subprocess.Popen(
        command, cwd=root, env=_environment(root), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip


def _edit(path: Path, cell_id: str, old: str, new: str) -> None:
    notebook = nbformat.read(path, as_version=4)
    cell = next(cell for cell in notebook.cells if cell.id == cell_id)
    assert old in cell.source
    cell.source = cell.source.replace(old, new)
    nbformat.write(notebook, path)


def _cell(path: Path, cell_id: str) -> str:
    return next(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.id == cell_id)


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> Path:
    """A copy of the repository before anything is added."""
    root = tmp_path_factory.mktemp("plain") / "repository"
    root.mkdir()
    for name in COPIED:
        source = ROOT / name
        skip = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        shutil.copytree(source, root / name, ignore=skip) if source.is_dir() else shutil.copy(source, root)
    (root / "tests" / "tools").mkdir(parents=True)
    for name in HELPERS:
        shutil.copy(ROOT / "tests" / "tools" / name, root / "tests" / "tools")
    for name in HIDDEN_AWAY:
        shutil.copy(ROOT / name, root)
    (root / ".venv").symlink_to(Path(sys.executable).parents[1])
    master = root / "assignment" / "practical.ipynb"
    notebook = nbformat.read(master, as_version=4)
    notebook.cells = [c for c in notebook.cells if c.id.startswith(QUICKEST) or not re.match(r"p\d", c.id)]
    nbformat.write(notebook, master)
    return root


@pytest.fixture(scope="module")
def extended(plain, tmp_path_factory) -> tuple[Path, str]:
    """A copy with a new theory question, a new part of a practical and a new practical, built; and what was printed."""
    root = tmp_path_factory.mktemp("extended") / "repository"
    shutil.copytree(plain, root, symlinks=True)
    said = [_python(root, "grading.authoring", "new-question", name) for name in ("q21", "p7e", "p9a")]
    _run(root, "make", "-o", ".venv/ready", "build")  # the environment is the tests' own
    return root, "\n".join(said)


@pytest.fixture
def repository(extended, tmp_path) -> Path:
    """The built copy, to be changed."""
    root = tmp_path / "repository"
    shutil.copytree(extended[0], root, symlinks=True)
    return root


def test_a_new_question_is_only_added(plain, extended):
    for name in ("theory.ipynb", "practical.ipynb"):
        before, after = ((root / "assignment" / name).read_text("utf-8") for root in (plain, extended[0]))
        cells, more = ({cell["id"]: cell for cell in json.loads(text)["cells"]} for text in (before, after))
        added = [id for id in more if id not in cells]
        assert [id for id in more if id in cells] == list(cells), "the order has changed"
        assert {id: more[id] for id in cells} == cells and len(added) in (11, 10 + 11)
        ids = list(more)
        assert ids.index("p7e-begin") == ids.index("p7d-end") + 1 if name == "practical.ipynb" else added == ids[-11:]


def test_a_new_question_tells_the_new_total_and_who_still_says_the_old_one(extended):
    said = extended[1]
    assert "theory: 49 points, before 47" in said and "theory.ipynb, introduction: Twenty questions" in said
    assert "p7: 11 points, before 10" in said and re.search(r"practical.ipynb, p7-card: \| .* \| 10 \|", said)
    assert "docs/instructors.md: " in said


def test_a_new_theory_question_is_built_and_its_stub_is_empty(extended):
    root, _ = extended
    assert _cell(root / "student" / "theory.ipynb", "q21-answer") == 'answer_21 = """\n...\n"""'
    assert "**Example: what does a tokenizer do" in _cell(root / "student" / "theory.ipynb", "q21-prompt")
    text = (root / "student" / "theory.ipynb").read_text("utf-8")
    assert "id in the vocabulary" not in text and "What happens to the text first?" not in text
    assert "It splits a text" not in text and "cut_up" not in text
    assert "splits a text into tokens" in _cell(root / "solutions" / "theory.ipynb", "q21-answer")
    said = _python(root, "grading", "rubric", "check")
    assert "q21: 2 ideas, 4 examples" in said and "all examples are marked as they say" in said


@pytest.mark.parametrize("name", ["p7e", "p9a"])
def test_a_new_practical_question_is_built_and_its_stub_has_no_solution(extended, name):
    root, _ = extended
    stub = _cell(root / "student" / "practical.ipynb", f"{name}-solution")
    assert stub.startswith(f"def question_{name[1:]}(words, n=3):") and stub.endswith('"""\n    ...')
    text = (root / "student" / "practical.ipynb").read_text("utf-8")
    assert "sorted(dict.fromkeys" not in text and "In which order do the words come" not in text
    assert f"- {name}" not in text and "test_example" in text


def test_a_new_practical_gets_a_card(extended):
    assert _cell(extended[0] / "student" / "practical.ipynb", "p9-card").startswith("## Practical 9: ")


def test_a_mistake_is_a_sentence(plain):
    said = _python(plain, "grading.authoring", "new-question", "q8", status=1)
    assert said == "error: theory.ipynb has a question q8 already\n"


@pytest.mark.parametrize(
    ("name", "says"),
    [("q8", "has a question q8 already"), ("p7a", "has a question p7a already"), ("8", "is called q21"), ("p3", "p3f")],
)
def test_a_question_that_cannot_be_added_is_refused(plain, name, says):
    before = {path: path.read_bytes() for path in (plain / "assignment").rglob("*") if path.is_file()}
    with pytest.raises(MasterError, match=says):
        new_question(name, plain)
    assert before == {p: p.read_bytes() for p in (plain / "assignment").rglob("*") if p.is_file()}


def test_the_preview_is_what_a_build_gives_students(extended):
    root, _ = extended
    _python(root, "grading.authoring", "preview", "--only-write")
    files = {path.relative_to(root / "student"): path for path in (root / "student").rglob("*") if path.is_file()}
    assert len(files) > 5
    for name, path in files.items():
        assert (root / "build" / "preview" / name).read_bytes() == path.read_bytes(), name


def test_the_preview_is_served_to_this_machine(extended):
    root, _ = extended
    server = _started(root, sys.executable, "-m", "grading.authoring", "preview")
    try:
        found = next(
            filter(None, (re.search(r"http://localhost:(\d+)/lab\?token=(\w+)", line) for line in server.stdout))
        )
        url = f"http://localhost:{found.group(1)}/api/contents?token={found.group(2)}"
        shown = {entry["name"] for entry in _answer(url)["content"]}
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=60)
    assert {"theory.ipynb", "practical.ipynb", "checks.py", "data"} <= shown and server.returncode == 0


def _answer(url: str) -> dict:
    """What a server says that may still be starting."""
    for _ in range(60):
        with contextlib.suppress(urllib.error.URLError), urllib.request.urlopen(url, timeout=60) as answer:
            return json.load(answer)
        time.sleep(1)
    raise AssertionError(f"nobody answers at {url}")


class Watching:
    """`make watch`, and what it shows."""

    def __init__(self, root: Path):
        self._process = _started(root, sys.executable, "tests/tools/watch.py")
        assert self.until("watching")

    def until(self, words: str) -> str:
        """The lines up to the first that has these words."""
        timer = threading.Timer(240, self._process.kill)
        timer.start()
        lines = []
        try:
            for line in self._process.stdout:
                lines.append(line)
                if words in line:
                    return "".join(lines)
        finally:
            timer.cancel()
        raise AssertionError(f"{words!r} was never said, only: {''.join(lines)}")

    def end(self) -> None:
        self._process.send_signal(signal.SIGINT)
        self._process.communicate(timeout=60)
        assert self._process.returncode == 0


@pytest.fixture(scope="module")
def watched(extended, tmp_path_factory) -> Path:
    """The built copy, for all that is saved while `make watch` is running; every test puts back what it has changed."""
    root = tmp_path_factory.mktemp("watched") / "repository"
    shutil.copytree(extended[0], root, symlinks=True)
    return root


@pytest.fixture(scope="module")
def watching(watched):
    watching = Watching(watched)
    yield watching
    watching.end()


def test_what_is_saved_is_tested_again_and_nothing_else(watched, watching):
    practical, theory = (watched / "assignment" / f"{name}.ipynb" for name in ("practical", "theory"))
    _edit(practical, "p7b-solution", "< p:", "> p:")
    said = watching.until("FAIL p7b: 0 of 2 points")
    assert re.search(r"\d+\.\d s after the save", said) and "p7a" not in said and "q1" not in said
    watching.until("Hint: expected 4 items in the words with p=0")
    _edit(practical, "p7b-solution", "> p:", "< p:")
    watching.until("ok   p7b: 2 of 2 points, 4 of 4 tests pass")
    _edit(theory, "q8-answer", "encoder", "postman")
    assert "q9" not in watching.until("FAIL q8: ")
    watching.until("NotRecognised")
    _edit(theory, "q8-answer", "postman", "encoder")
    watching.until("ok   q8: 2 of 2 points, 3 of 3 tests pass")


def test_a_rubric_that_is_saved_is_tried_on_its_examples(watched, watching):
    path = watched / "assignment" / "rubrics" / "q21.toml"
    rubric = path.read_text("utf-8")
    path.write_text(rubric.replace('text = "The tokenizer breaks', 'text = "The robot welds'), "utf-8")
    assert "q08" not in watching.until("q21.toml, expected a, got nothing: The robot welds a sentence into tokens.")
    path.write_text(rubric, "utf-8")
    watching.until("ok   q21: 2 of 2 points, 3 of 3 tests pass")


def test_the_preview_follows_what_is_saved(watched, watching):
    _edit(watched / "assignment" / "theory.ipynb", "q21-prompt", "Say what comes out.", "Say what goes in.")
    watching.until("ok   q21: 2 of 2 points")
    assert "Say what goes in." in _cell(watched / "build" / "preview" / "theory.ipynb", "q21-prompt")


def test_a_stub_that_gives_the_answer_away_is_noticed(watched, watching):
    path = watched / "assignment" / "practical.ipynb"
    body = "    return sorted(dict.fromkeys(words), key=words.count, reverse=True)[:n]\n"
    marked = f"    # BEGIN SOLUTION\n{body}    # END SOLUTION"
    _edit(path, "p9a-solution", marked, f"    # BEGIN SOLUTION\n    pass\n    # END SOLUTION\n{body}")
    assert "FAIL p9a: 1 of 1 points" in watching.until("what students start from passes test_example, test_order")


def test_a_master_is_cleaned_to_the_bytes_that_are_stored(tmp_path):
    stored = (ROOT / "assignment" / "theory.ipynb").read_bytes()
    path = tmp_path / "theory.ipynb"
    path.write_bytes(stored)
    assert not clean(path)
    notebook = nbformat.read(path, as_version=4)
    cell = next(cell for cell in notebook.cells if cell.cell_type == "code")
    cell.outputs, cell.execution_count = [nbformat.v4.new_output("stream", text="seen")], 7
    cell.metadata["execution"] = {"iopub.status.busy": "2026-01-01T00:00:00Z"}
    notebook.metadata["language_info"]["version"] = "3.11.7"
    nbformat.write(notebook, path)
    assert clean(path) and path.read_bytes() == stored


def test_masters_are_stored_clean(tmp_path):
    for path in (ROOT / "assignment").glob("*.ipynb"):
        shutil.copy(path, tmp_path)
        assert not clean(tmp_path / path.name), path.name


def test_what_is_built_is_in_step_until_a_source_changes(repository):
    assert _python(repository, "grading.authoring", "in-step") == ""
    _edit(repository / "assignment" / "theory.ipynb", "q8-prompt", "Seq2Seq", "sequence-to-sequence")
    said = _python(repository, "grading.authoring", "in-step", status=1)
    for name in ("student/theory.ipynb", "solutions/theory.ipynb"):
        assert f"{name} is not what 'make build' would write now" in said
    assert "practical" not in said.replace("student.zip", "")


DIRTY = {
    "style": ("grading/table.py", "\nimport os\n"),
    "format": ("grading/table.py", "\nx = {  'a':1 }\n"),
    "types": ("grading/table.py", '\nwrong: int = "text"\n'),
}


@pytest.fixture
def git(repository) -> Path:
    """The copy as a git repository, everything committed, `make hooks` done."""
    for command in (["init", "-q"], ["config", "user.email", "a@b.c"], ["config", "user.name", "A"], ["add", "-A"]):
        _run(repository, "git", *command)
    _run(repository, "git", "commit", "-q", "-m", "All")
    _run(repository, "make", "-o", ".venv/ready", "hooks")
    return repository


def test_checks_before_a_commit_complain_about_what_is_wrong(git):
    table = git / "grading" / "table.py"
    for _, lines in DIRTY.values():
        table.write_text(table.read_text("utf-8") + lines, "utf-8")
    path = git / "assignment" / "theory.ipynb"
    notebook = nbformat.read(path, as_version=4)
    next(cell for cell in notebook.cells if cell.id == "q8-answer").outputs = [
        nbformat.v4.new_output("stream", text="x")
    ]
    next(cell for cell in notebook.cells if cell.id == "q8-prompt").source += "\n\nMore."
    nbformat.write(notebook, path)
    _run(git, "git", "add", "-A")
    done = subprocess.run(
        ["git", "commit", "-m", "Dirty"], cwd=git, env=_environment(git), capture_output=True, text=True, timeout=300
    )
    said = done.stdout + done.stderr
    assert done.returncode == 1
    results = dict(re.findall(r"^(.+?)\.{3,}(?:\(.*\))?(Passed|Failed|Skipped)$", said, re.MULTILINE))
    assert results == dict.fromkeys(
        ("style", "format", "types", "masters without outputs", "built files in step with their sources"), "Failed"
    )
    for words in ("F401", "Incompatible types in assignment", "took outputs", "student/theory.ipynb is not what"):
        assert words in said, words


def test_a_diff_of_notebooks_reads_like_text(git):
    _edit(git / "assignment" / "practical.ipynb", "p7b-solution", "rng.random() < p", "rng.random() <= p")
    said = _run(git, "git", "diff")
    changes = [line for line in said.splitlines() if re.match(r"[-+][^-+]", line)]
    assert [line[0] for line in changes] == ["-", "+"]
    assert changes[1].endswith("word not in protected and rng.random() <= p:") and '"' not in changes[1]
