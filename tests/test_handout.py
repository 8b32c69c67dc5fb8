"""What students run on their own computers: the environment check, the overview, the file that they hand in."""

from __future__ import annotations

import ast
import importlib.util
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from conftest import ROOT
from nbclient import NotebookClient

from grading.archive import read_zip
from grading.handout import FOLDER
from grading.submission import LARGEST, read_submission

STUDENT = ROOT / "student"
PACKAGES = 9  # in requirements.txt, on one kind of computer


def _load(folder: Path, name: str):
    """A module of the handout, as it lies in a student's folder."""
    spec = importlib.util.spec_from_file_location(f"handout_{name}", folder / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look there
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path):
    """A student's folder without what is large."""
    shutil.copytree(STUDENT, tmp_path / "mine", ignore=shutil.ignore_patterns("data", "models", ".*", "*-hand-in.zip"))
    return tmp_path / "mine"


# The zip


def test_the_zip_is_the_folder_in_one_folder():
    lies = {
        path
        for path in STUDENT.rglob("*")
        if path.is_file() and not {".OTTER_LOG", ".ipynb_checkpoints"} & {*path.parts}
    }
    assert read_zip(ROOT / "student.zip") == {
        f"{FOLDER}/{path.relative_to(STUDENT).as_posix()}": path.read_bytes() for path in lies
    }


# check_environment.py


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """A Python without packages."""
    where = tmp_path_factory.mktemp("bare")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", where], check=True)
    return where / "bin" / "python"


def _check(python, folder, *arguments, **environment):
    command = [str(python), str(folder / "check_environment.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, env=environment)
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def test_every_missing_package_has_a_line_that_says_how_to_get_it(bare):
    status, lines = _check(bare, STUDENT)
    missing = [line for line in lines if " is not installed. Run: " in line]
    assert (status, len(missing)) == (1, PACKAGES)
    assert all(f"{bare} -m pip install" in line for line in missing)
    assert [
        line for line in lines if line.startswith("- ") and line not in missing and "may still work" not in line
    ] == []
    status, lines = _check(bare, STUDENT, "theory")
    assert [line.split()[1] for line in lines if "not installed" in line] == ["otter-grader", "jupyterlab", "ipykernel"]


def test_wrong_and_broken_packages(bare, folder, tmp_path):
    site = tmp_path / "site"
    for name, version, code in (
        ("otter-grader", "6.1.3", ""),
        ("jupyterlab", "4.2.0", "raise ImportError('no module of the name json5')"),
        ("ipykernel", "6.29.5", "import os; os.abort()"),
    ):
        about = site / f"{name.replace('-', '_')}-{version}.dist-info"
        about.mkdir(parents=True)
        (about / "METADATA").write_text(f"Name: {name}\nVersion: {version}\n")
        (site / f"{name.removesuffix('-grader')}.py").write_text(code)
    status, lines = _check(bare, folder, "theory", PYTHONPATH=str(site))
    assert status == 1
    assert any("otter-grader is version 6.1.3, but ==7.0.0 is needed. Run: " in line for line in lines)
    broken = "jupyterlab is installed but broken: ImportError: no module of the name json5. Run: "
    assert any(broken in line and '--force-reinstall --no-deps "jupyterlab>=4,<5"' in line for line in lines)
    assert any("ipykernel is installed but broken: importing it ends Python (-6). Run: " in line for line in lines)
    assert [line for line in lines if "missing" in line] == [
        f"- {name} is missing. Unpack student.zip again and take it from there." for name in ("data", "models")
    ]


def test_nothing_is_wrong_here_and_no_network_is_used(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import socket\n"
        "def connect(*arguments): raise SystemExit('the network was used')\n"
        "socket.socket.connect = socket.getaddrinfo = connect\n"
    )
    status, lines = _check(sys.executable, STUDENT, "theory", PYTHONPATH=str(tmp_path))
    assert (status, lines[-1]) == (0, "Everything that the notebooks need is there.")


def test_it_runs_with_an_old_python_and_says_so():
    source = (STUDENT / "check_environment.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 8))
    assert source.isascii()  # consoles of Windows cannot print all signs
    check = _load(STUDENT, "check_environment")
    assert ["too old" in problem for problem in check.python_problems((3, 9), True)] == [True]
    assert ["too new" in problem for problem in check.python_problems((3, 14), True)] == [True]
    assert ["32-bit" in problem for problem in check.python_problems((3, 12), False)] == [True]
    assert check.python_problems((3, 10), True) == check.python_problems((3, 13), True) == []


@pytest.mark.parametrize(
    ("version", "spec", "fits"),
    [
        ("2.13.0+cpu", "==2.13.0", True), ("2.13.1", "==2.13.0", False), ("3.8.18", "==3.8.*", True),
        ("3.18", "==3.8.*", False), ("4.6.6", ">=4,<5", True), ("5.0.0", ">=4,<5", False), ("7", "==7.0.0", True),
        ("3.15.1", ">=3.12,<3.16", True), ("3.9", ">=3.12", False), ("5.20", ">=5.20,<5.24", True),
    ],
)  # fmt: skip
def test_versions_are_compared_by_their_numbers(version, spec, fits):
    assert _load(STUDENT, "check_environment").fits(version, spec) is fits


def test_small_machines_are_told(monkeypatch):
    check = _load(STUDENT, "check_environment")
    assert check.memory_bytes() > 10**8
    monkeypatch.setattr(check, "memory_bytes", lambda: 2 * 10**9)
    monkeypatch.setattr(check.shutil, "disk_usage", lambda path: SimpleNamespace(free=10**9))
    disk, memory = check.machine_notes(to_install=True)
    assert disk == "1.0 GB of disk are free; about 3.0 GB are needed."
    assert memory.startswith("2.0 GB of memory; ")
    assert check.machine_notes(to_install=False) == [memory]


# hand_in


@pytest.fixture
def handing_in(folder, monkeypatch):
    """The module, where no notebook is running."""
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    return _load(folder, "handing_in")


def _solved(folder) -> nbformat.NotebookNode:
    """The executed solutions in the student's folder."""
    notebook = nbformat.read(ROOT / "solutions" / "theory.ipynb", as_version=4)
    nbformat.write(notebook, folder / "theory.ipynb")
    return notebook


def _cell(notebook, id) -> nbformat.NotebookNode:
    return next(cell for cell in notebook.cells if cell.id == id)


def test_a_finished_notebook_is_packed_and_nothing_is_forgotten(folder, handing_in, capsys):
    _solved(folder)
    handing_in.hand_in("theory.ipynb")
    said = capsys.readouterr().out
    assert said.startswith("theory-hand-in.zip is ready: theory.ipynb, version ")
    assert "All 20 questions pass their checks." in said and "Before" not in said
    with zipfile.ZipFile(folder / "theory-hand-in.zip") as archive:
        assert archive.namelist() == ["theory.ipynb"]
        assert archive.read("theory.ipynb") == (folder / "theory.ipynb").read_bytes()
    assert len(read_submission(folder / "theory-hand-in.zip").cells) > 40


@pytest.mark.parametrize(("name", "questions"), [("theory", 20), ("practical", 31)])
def test_an_untouched_notebook_can_be_handed_in_and_is_said_to_be_empty(folder, handing_in, capsys, name, questions):
    handing_in.hand_in(f"{name}.ipynb")
    said = capsys.readouterr().out
    assert f"Not answered yet: all {questions} questions\n" in said
    assert "You may hand it in as it is." in said
    assert read_submission(folder / f"{name}-hand-in.zip").cells


def test_what_is_forgotten_is_said(folder, handing_in, capsys):
    notebook = _solved(folder)
    _cell(notebook, "q3-answer").source = 'answer_3 = """\n...\n"""'
    for n in (3, 5):
        _cell(notebook, f"check-q{n}").outputs[0].data["text/plain"] = f"q{n} results:\n    q{n} - 1 result: …"
    _cell(notebook, "check-q6").outputs = []
    _cell(notebook, "q7-answer").execution_count = 999
    _cell(notebook, "otter-b48865bf").execution_count = None
    nbformat.write(notebook, folder / "theory.ipynb")
    handing_in.hand_in("theory.ipynb")
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  - ")]
    assert lines == [
        "  - Not answered yet: q3",
        "  - The check does not pass: q5",
        "  - Not checked since the last change: q6, q7",
        "  - Cells that have not run: 1. The first one begins with: # Initialize Otter",
    ]


def _run_before(monkeypatch, *sources):
    """Makes it look as if these cells had run in this session."""
    shell = SimpleNamespace(user_ns={}, history_manager=SimpleNamespace(input_hist_raw=["", *sources]))
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    return shell


def test_what_has_run_but_is_not_in_the_file_is_said(folder, handing_in, monkeypatch, capsys):
    notebook = _solved(folder)
    same = _cell(notebook, "q1-answer").source
    _run_before(monkeypatch, 'answer_2 = "an old one"', 'answer_2 = "a new one"', "answer_1 = 1", same)
    handing_in.hand_in("theory.ipynb")
    said = capsys.readouterr().out
    assert "The saved file differs from what you last ran in: q2. Save it" in said
    assert "All 20 questions" not in said
    monkeypatch.setattr(handing_in, "_save", lambda path: True)
    handing_in.hand_in("theory.ipynb")
    assert "Changed, but not run since: q2" in capsys.readouterr().out


def test_the_copy_that_is_running_is_handed_in(folder, handing_in, monkeypatch, capsys):
    shutil.copy(folder / "theory.ipynb", folder / "theory-Copy1.ipynb")
    _run_before(monkeypatch).user_ns["__vsc_ipynb_file__"] = "/elsewhere/theory-Copy1.ipynb"
    handing_in.hand_in("theory.ipynb")
    assert "theory-Copy1-hand-in.zip is ready: theory-Copy1.ipynb" in capsys.readouterr().out
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / "no-longer-there.ipynb"))
    monkeypatch.setattr(handing_in, "_save", lambda path: False)
    assert handing_in._notebook("theory.ipynb").name == "theory-Copy1.ipynb"


@pytest.mark.parametrize("text", ["", "{", "[]", "\udcff", None])
def test_a_file_that_cannot_be_read_is_not_packed(folder, handing_in, capsys, text):
    (folder / "theory.ipynb").unlink()
    if text is not None:
        (folder / "theory.ipynb").write_text(text, encoding="utf-8", errors="surrogateescape")
    handing_in.hand_in("theory.ipynb")
    said = capsys.readouterr().out
    assert said.startswith("theory.ipynb cannot be read (") and "run this cell again" in said
    assert not (folder / "theory-hand-in.zip").exists()


def test_outputs_that_are_too_large_stay_behind(folder, handing_in, capsys):
    notebook = _solved(folder)
    _cell(notebook, "check-q1").outputs[0].data["text/html"] = "x" * (LARGEST + 1)
    nbformat.write(notebook, folder / "theory.ipynb")
    handing_in.hand_in("theory.ipynb")
    assert "without its outputs" in capsys.readouterr().out
    handed_in = read_submission(folder / "theory-hand-in.zip")
    sources = [[cell.source for cell in each.cells if cell.cell_type == "code"] for each in (handed_in, notebook)]
    assert sources[0] == sources[1]


def test_another_notebook_is_noticed(folder, handing_in, capsys):
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")]), folder / "theory.ipynb")
    handing_in.hand_in("theory.ipynb")
    assert "This notebook has none of the checks." in capsys.readouterr().out


# In a kernel


def _run(folder, notebook, *ids) -> dict[str, str]:
    """Runs the cells with these ids, or all: cell id -> what it shows as text."""
    notebook.cells = [cell for cell in notebook.cells if not ids or cell.id in ids]
    place = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, resources=place, extra_arguments=["--log-level=ERROR"]).execute()
    return {
        cell.id: "".join(out.get("text", "") or out.get("data", {}).get("text/plain", "") for out in cell.outputs)
        for cell in notebook.cells
        if cell.cell_type == "code"
    }


def test_progress_is_one_screen(folder):
    notebook = nbformat.read(folder / "theory.ipynb", as_version=4)
    _cell(
        notebook, "q1-answer"
    ).source = "answer_1 = 'BERT reads a text in both directions and is trained to fill gaps.'"
    _cell(notebook, "q2-answer").source = "answer_2 = 'context focus weights parallel memory gradient'"
    first = notebook.cells[0].id
    shown = _run(folder, notebook, first, "q1-answer", "q2-answer", "q3-answer", "progress")["progress"].splitlines()
    assert shown[:3] == [
        "✓ passes its checks    ✗ look again    · nothing there yet",
        "",
        "✓ q1    ✗ q2    · q3    · q4    · q5",
    ]
    assert shown[7] == "1 of 20 questions pass their checks. Points come from what is marked later."
    assert shown[8] == "Look again first at q2:"
    assert shown[10].startswith("expected sentences, got a list of terms")
    assert len(shown) < 15


def test_progress_in_a_fresh_kernel_says_what_to_do(folder):
    notebook = nbformat.read(folder / "theory.ipynb", as_version=4)
    shown = _run(folder, notebook, "progress")["progress"]
    assert shown.startswith("Nothing has run since the notebook was opened. Choose Run, Run All Above Selected Cell")


ON_COLAB = """
import sys, types
from pathlib import Path
from IPython import get_ipython

google, colab = types.ModuleType("google"), types.ModuleType("google.colab")
colab.files = types.SimpleNamespace(upload=lambda: {{"student (1).zip": Path({path!r}).read_bytes()}})
google.colab = colab
sys.modules |= {{"google": google, "google.colab": colab}}
type(get_ipython()).__module__ = "google.colab._shell"  # how Otter knows Colab
"""


def test_the_notebook_for_colab_runs_where_there_is_only_its_file(tmp_path, monkeypatch):
    """With a stand-in for Colab: its upload and what Otter knows it by, but not its machine."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")  # all is installed here, so nothing is downloaded
    notebook = nbformat.read(STUDENT / "colab" / "theory.ipynb", as_version=4)
    stand_in = nbformat.v4.new_code_cell(ON_COLAB.format(path=str(ROOT / "student.zip")), id="stand-in")
    notebook.cells.insert(0, stand_in)
    again = nbformat.v4.new_code_cell(_cell(notebook, "colab").source, id="again")
    _cell(
        notebook, "q1-answer"
    ).source = "answer_1 = 'BERT reads a text in both directions and is trained to fill gaps.'"
    notebook.cells.append(again)  # a student who runs the first cell again
    shown = _run(tmp_path, notebook)
    assert shown["colab"] == shown["again"] == ""
    assert "q1 results: All test cases passed!" in shown["check-q1"]
    assert "answer_2 is still empty" in shown["check-q2"]
    assert "✓ q1    · q2" in shown["progress"]
    assert "Download .ipynb" in shown["hand-in"]
    assert (tmp_path / FOLDER / "tests" / "q1.py").exists()


@pytest.mark.parametrize("name", ["theory", "practical"])
def test_colab_keeps_its_own_jupyter(name):
    lines = (STUDENT / "colab" / f"requirements-{name}.txt").read_text().splitlines()
    everything = (STUDENT / "requirements.txt").read_text().splitlines()
    assert set(lines) <= set(everything) and "otter-grader==7.0.0" in lines
    assert not [line for line in lines if line.startswith(("jupyterlab", "ipykernel", "#"))]
    assert any(line.startswith("torch") for line in lines) == (name == "practical")
    colab = nbformat.read(STUDENT / "colab" / f"{name}.ipynb", as_version=4)
    student = nbformat.read(STUDENT / f"{name}.ipynb", as_version=4)
    assert json.dumps(colab.cells[1:]) == json.dumps(student.cells)
