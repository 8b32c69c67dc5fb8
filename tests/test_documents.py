"""Every command that README.md and docs/*.md name: run here, tried dry, or run by the test that is named.

A command that stands in no row of the table fails a test, so that no document names what nobody has tried.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest
from conftest import ROOT

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TOOLS = Path(sys.executable).parent
SAMPLE = ROOT / "tests" / "samples" / "03-strong-terse.ipynb"
BROKEN = ROOT / "tests" / "samples" / "16-broken.ipynb"

_BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)
_IN_TEXT = re.compile(r"`((?:make|git|python|(?:\.venv/bin/)[a-z-]+|tests/tools/\w+\.py)(?: [^`]+)?)`")

How = Callable[[str, Path], None]


def dry(command: str, folder: Path) -> None:
    """Make knows the target, and the programs in its recipe are there."""
    done = _shell(f"make -n -o .venv/ready {command.removeprefix('make')}", ROOT)
    assert done.returncode == 0, done.stderr
    for module in re.findall(r"python -m ([\w.]+)", done.stdout):
        assert importlib.util.find_spec(module), module
    for script in re.findall(r"python (\w\S+\.py)", done.stdout):
        assert (ROOT / script).exists(), script
    installed = re.findall(r"-m pip install --quiet ([\w-]+)\n", done.stdout)
    for tool in re.findall(r"\.venv/bin/([\w-]+)", done.stdout):
        assert tool in installed or (TOOLS / tool).exists(), tool


def run(says: str, **instead: object) -> How:
    """Runs it in a folder of its own, with `instead` in place of words; its output must contain `says`."""

    def how(command: str, folder: Path) -> None:
        command = command.replace(" tests/", f" {ROOT / 'tests'}/")
        for word, other in instead.items():
            command = command.replace(word, str(other))
        done = _shell(command, folder)
        assert done.returncode == 0 and says in done.stdout, done.stdout + done.stderr

    return how


def by(*tests: str) -> How:
    """Tests elsewhere do what the command does: `file::function`, below tests/."""

    def how(command: str, folder: Path) -> None:
        for test in tests:
            file, _, function = test.partition("::")
            source = (ROOT / "tests" / file).read_text(encoding="utf-8")
            assert re.search(rf"^def {function}\(", source, re.MULTILINE), test

    return how


def names_options_of(program: str) -> How:
    """What needs more than a test may ask for: at least all its options exist."""

    def how(command: str, folder: Path) -> None:
        for option in re.findall(r" (--?[a-z-]+)", command.removeprefix(program)):
            assert re.search(rf"{option}\b", _help(program)), option

    return how


@lru_cache
def _help(program: str) -> str:
    done = _shell(f"{program} --help", ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout


def in_new_repository(command: str, folder: Path) -> None:
    """Runs a git command in a repository with one commit."""
    start = "git init -q . && git -c user.name=A -c user.email=a@b.c commit -q --allow-empty -m First"
    done = _shell(f"{start} && git config user.name A && git config user.email a@b.c && {command}", folder)
    assert done.returncode == 0, done.stderr


PRACTICALS = ".venv/bin/python tests/tools/practicals.py"
ATTACKS = ".venv/bin/python tests/tools/attack_runs.py"
GRADE = ".venv/bin/python -m grading grade SUBMISSIONS"
TABLE: dict[str, tuple[How, ...]] = {
    "make": (
        dry,
        by("test_build.py::test_a_rebuild_changes_no_byte", "test_samples.py::test_every_sample_gets_a_result"),
    ),
    "make build": (dry, by("test_authoring.py::test_a_new_theory_question_is_built_and_its_stub_is_empty")),
    "make data": (dry, by("test_practicals.py::test_data_comes_from_its_seed")),
    "make data SEED=2027": (dry, by("test_practicals.py::test_data_comes_from_its_seed")),
    "make help": (run("list what make can do"),),
    "make hooks": (dry, by("test_authoring.py::test_checks_before_a_commit_complain_about_what_is_wrong")),
    "make learn": (dry, by("test_learned.py::test_the_committed_recognisers_belong_to_the_rubrics")),
    "make lint": (dry,),
    "make lock": (dry,),
    "make new-question NAME=q21": (dry, by("test_authoring.py::test_a_new_question_is_only_added")),
    "make new-question NAME=p3f": (dry, by("test_authoring.py::test_a_new_question_is_only_added")),
    "make new-question NAME=p9a": (dry, by("test_authoring.py::test_a_new_practical_gets_a_card")),
    "make preview": (dry, by("test_authoring.py::test_the_preview_is_served_to_this_machine")),
    "make samples": (dry, by("test_samples.py::test_samples_are_what_the_script_makes")),
    "make setup": (dry,),
    "make test": (dry,),
    "make validity": (dry, by("test_validity.py::test_the_record_is_of_what_is_here")),
    "make watch": (dry, by("test_authoring.py::test_what_is_saved_is_tested_again_and_nothing_else")),
    "git": (),
    "git diff": (by("test_authoring.py::test_a_diff_of_notebooks_reads_like_text"),),
    'git tag --annotate v1.0.0 --message "Version 1.0.0"': (in_new_repository,),
    "mkdir -p results": (run(""),),
    GRADE: (run("16-broken.ipynb is not a notebook", SUBMISSIONS=BROKEN),),  # the quickest; below, one that is graded
    f"{GRADE} --to FOLDER": (
        run("03-strong-terse.ipynb", SUBMISSIONS=SAMPLE),
        by("test_batch.py::test_every_submission_has_a_file_and_a_row"),
    ),
    f"{GRADE} --to FOLDER --marks FOLDER/marker.csv": (
        run("03-strong-terse.ipynb", SUBMISSIONS=SAMPLE),
        by("test_batch.py::test_marks_change_the_grades_and_grade_nothing"),
    ),
    "python tests/tools/attack_runs.py --table FILE": (names_options_of(ATTACKS),),
    "python -m grading grade": (by("test_samples.py::test_every_sample_gets_a_result"),),
    ".venv/bin/otter grade -a autograder/theory.zip -n theory -o results --containers 2 --timeout 1500 SUBMISSIONS": (
        names_options_of(".venv/bin/otter grade"),
        by("test_otter_grade.py::test_every_submission_gets_the_same_points_from_our_own_command"),
    ),
    ".venv/bin/python -m grading rubric check": (
        by("test_commands.py::test_rubric_check_passes_on_the_rubrics_of_the_assignment"),
    ),
    '.venv/bin/python -m grading mark q08 "The encoder reads."': (run("of 2 points"),),
    ".venv/bin/python -m grading agreement tests/answers/development.jsonl": (
        by("test_rubrics.py::test_development_answers_are_marked_as_the_guide_says"),
    ),
    ".venv/bin/python -m grading agreement tests/answers/held-out.jsonl": (run("worthless"),),
    ".venv/bin/python -m grading report FOLDER": (by("test_report.py::test_the_command"),),
    ".venv/bin/python -m grading report FOLDER --anonymous": (by("test_report.py::test_the_command"),),
    ".venv/bin/python tests/tools/make_class.py FOLDER --size 30 --results": (
        names_options_of(".venv/bin/python tests/tools/make_class.py"),
        by("test_report.py::test_made_up_classes"),
    ),
    ".venv/bin/python tests/tools/practicals.py p7": (run("10 of 10 points"),),
    ".venv/bin/python tests/tools/practicals.py p7 --stubs": (names_options_of(PRACTICALS),),
    ".venv/bin/python tests/tools/practicals.py p7 --seed 5": (names_options_of(PRACTICALS),),
    ".venv/bin/pre-commit run --all-files": (
        by("test_authoring.py::test_checks_before_a_commit_complain_about_what_is_wrong"),
    ),
    "tests/tools/measure_practicals.py run": (names_options_of(".venv/bin/python tests/tools/measure_practicals.py"),),
    "python tests/tools/attack_runs.py --stock NAME": (names_options_of(ATTACKS),),
}  # fmt: skip


def _shell(command: str, folder: Path) -> subprocess.CompletedProcess:
    command = command.replace(".venv/bin/", f"{TOOLS}/")
    folder = ROOT if command.startswith("make ") else folder
    return subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True, timeout=300)


@lru_cache
def commands(path: Path) -> tuple[str, ...]:
    """The commands of a document, those in blocks first; without comments."""
    text = path.read_text(encoding="utf-8")
    lines = [
        re.sub(r"\s+#.*", "", line).strip()
        for _, language, block in _BLOCK.findall(text)
        if language in ("", "sh", "bash")
        for line in block.splitlines()
    ]
    in_text = [" ".join(found.split()) for found in _IN_TEXT.findall(_BLOCK.sub("", text))]
    scripts = [found for found in in_text if not re.fullmatch(r"tests/[\w/]+\.py|python", found)]
    return tuple(dict.fromkeys([*filter(None, lines), *scripts]))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_names_no_command_that_is_not_tried(path):
    assert [command for command in commands(path) if command not in TABLE] == []


def test_no_row_is_left_over():
    named = {command for path in DOCUMENTS for command in commands(path)}
    assert sorted(set(TABLE) - named) == []


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Where all commands run that change no more than the folder they run in."""
    return tmp_path_factory.mktemp("documents")


@pytest.mark.parametrize("command", TABLE)
def test_a_command_works(command, folder):
    for how in TABLE[command]:
        how(command, folder)


def test_a_command_that_nobody_has_tried_is_noticed(tmp_path):
    path = tmp_path / "page.md"
    path.write_text(
        "Then run `make tea`, and\n\n```\nmake build   # as always\n.venv/bin/python -m grading brew\n```\n"
    )
    assert commands(path) == ("make build", ".venv/bin/python -m grading brew", "make tea")
    assert [command for command in commands(path) if command not in TABLE] == [commands(path)[1], "make tea"]


def test_rows_that_promise_too_much_are_noticed(tmp_path):
    for how, command in (
        (dry, "make tea"),
        (by("test_documents.py::test_nothing_of_the_kind"), "make build"),
        (names_options_of(PRACTICALS), f"{PRACTICALS} --brew"),
        (run("a line that is not there"), "make help"),
    ):
        with pytest.raises(AssertionError):
            how(command, tmp_path)
