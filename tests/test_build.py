"""The build: complete, reproducible, and in step with the masters."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys

import nbformat
import pytest
from conftest import AUTOGRADERS, ROOT, THEORY_ZIP

from grading.archive import read_zip, write_zip
from grading.build import build, student_files
from grading.masters import MasterError

OUTPUTS = ("student", "autograder", "solutions")


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory):
    """Everything built anew in another folder, from copies of what people edit and of the last solutions.

    Those of the theory are marked as out of date, so that they are executed again.
    """
    root = tmp_path_factory.mktemp("rebuilt")
    shutil.copytree(ROOT / "assignment", root / "assignment")
    shutil.copytree(ROOT / "solutions", root / "solutions")
    shutil.copy(ROOT / "otter_config.json", root)
    path = root / "solutions" / "theory.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace('"made_from": "', '"made_from": "old'), encoding="utf-8")
    build(root)
    return root


def _files(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in [root / "student.zip", *(path for name in OUTPUTS for path in sorted((root / name).rglob("*")))]
        if path.is_file() and ".ipynb_checkpoints" not in path.parts and path.name != ".OTTER_LOG"
    }


def test_a_rebuild_changes_no_byte(rebuilt):
    committed, fresh = _files(ROOT), _files(rebuilt)
    assert sorted(committed) == sorted(fresh)
    changed = [name for name in fresh if committed[name] != fresh[name]]
    assert not changed, f"run 'make build' and commit: {changed}"


def test_student_folder_is_complete():
    names = {path.name for path in (ROOT / "student").iterdir() if not path.name.startswith(".")}
    assert names == {"theory.ipynb", "practical.ipynb", "checks.py", "expect.py", "data", "models",
                     "handing_in.py", "check_environment.py", "requirements.txt", "README.md", "colab"}  # fmt: skip


@pytest.mark.parametrize("path", AUTOGRADERS, ids=lambda path: path.stem)
def test_zips_have_what_otter_grade_and_gradescope_need(path):
    entries = read_zip(path)
    assert set(entries) >= {"setup.sh", "run_autograder", "run_otter.py", "environment.yml", "otter_config.json"}
    for name in ("setup.sh", "run_autograder", "run_otter.py"):
        assert entries[name] == (ROOT / "grading" / "container" / name).read_bytes(), "Otter's own, or an old one"
    assert {f"files/grading/isolation/{name}.py" for name in ("agent", "judge", "supervisor")} <= set(entries)
    assert not [name for name in entries if "make_data" in name or "__pycache__" in name]


def test_each_zip_has_just_its_own_material():
    practical = read_zip(ROOT / "autograder" / "practical.zip")
    assert not [name for name in practical if "rubrics" in name or "responses" in name]
    assert {f"files/assignment/hidden/{path.name}" for path in (ROOT / "assignment" / "hidden").iterdir()} <= set(
        practical
    )
    entries = read_zip(THEORY_ZIP)
    assert {f"tests/q{n}.py" for n in range(1, 21)} <= set(entries)
    assert not [name for name in entries if "/data/" in name or "/models/" in name or "hidden" in name]
    assert {f"files/assignment/rubrics/q{n:02d}.toml" for n in range(1, 21)} <= set(entries)
    assert {"requirements.lock", "requirements.torch"} <= set(practical)
    assert "requirements.torch" not in entries


def _pins(text: str) -> dict[str, str]:
    """Package and version -> its hashes."""
    found = re.findall(r"^([\w.-]+==[\w.]+)[^\n]*((?:\n +--hash=\S+(?: \\)?)+)", text, re.MULTILINE)
    return {pin: "".join(hashes.split()) for pin, hashes in found}


@pytest.mark.parametrize("path", AUTOGRADERS, ids=lambda path: path.stem)
def test_images_have_the_versions_of_the_lock_and_no_more_than_they_need(path):
    here = _pins(read_zip(path)["requirements.lock"].decode())
    everywhere = _pins((ROOT / "requirements.lock").read_text())
    assert len(here) > 100
    assert here == {pin: everywhere[pin] for pin in here if pin in everywhere}, "run 'make lock'"
    packages = {pin.partition("==")[0] for pin in here}
    assert {"otter-grader", "ipython", "numpy"} <= packages
    unwanted = {"torch", "triton", "playwright", "jupyterlab"}
    if path.stem == "theory":
        unwanted |= {"tensorflow", "tensorflow-cpu", "keras", "transformers", "spacy", "matplotlib"}
    assert not packages & unwanted
    assert not [name for name in packages if name.startswith(("nvidia", "cuda"))]


def test_torch_is_the_same_everywhere():
    """It is in no lock, because its build without CUDA comes from another index."""
    last = (ROOT / "assignment" / "requirements-practical.torch").read_text().splitlines()[-1]
    for name in ("pyproject.toml", "assignment/requirements-practical.txt", "assignment/handout/README.md"):
        assert set(re.findall(r"torch==[\d.]+", (ROOT / name).read_text())) == {last}, name


def test_shared_settings_reach_the_zips_and_limits_of_one_notebook_only_its_own():
    shared = json.loads((ROOT / "otter_config.json").read_text())
    limits = shared.pop("limits")
    for path in AUTOGRADERS:
        config = json.loads(read_zip(path)["otter_config.json"])
        assert config.pop("limits", {}) == limits.get(path.stem, {})
        assert config == {**shared, "assignment_name": f"attention-{path.stem}", "lang": "python"}


@pytest.mark.parametrize(
    ("limits", "named"),
    [
        ({"cell_secnds": 3}, "cell_secnds"),
        ({"theory": {"cell_seconds": -3}}, "cell_seconds"),
        ({"theroy": {"cell_seconds": 3}}, "no assignment/theroy.ipynb"),
    ],
)
def test_a_wrong_limit_is_named_by_the_build(tmp_path, limits, named):
    shutil.copytree(ROOT / "assignment", tmp_path / "assignment")
    settings = json.loads((ROOT / "otter_config.json").read_text())
    (tmp_path / "otter_config.json").write_text(json.dumps(settings | {"limits": limits}))
    with pytest.raises(MasterError, match=f"otter_config.json: .*{named}"):
        student_files(tmp_path, ["theory.ipynb"])


def test_zip_bytes_depend_on_contents_only(tmp_path):
    write_zip(tmp_path / "one.zip", {"b": b"2", "a": b"1"})
    write_zip(tmp_path / "two.zip", {"a": b"1", "b": b"2"})
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_plain_otter_assign_works_on_the_master(tmp_path):
    """Without this package's build; Otter then also grades the solutions with the zip it made."""
    command = [sys.executable, "-m", "otter", "assign", str(ROOT / "assignment" / "theory.ipynb"), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "student" / "theory.ipynb").exists()


def test_solutions_are_executed_and_pass(rebuilt):
    notebook = nbformat.read(ROOT / "solutions" / "theory.ipynb", as_version=4)
    checks = [cell for cell in notebook.cells if cell.id.startswith("check-")]
    assert len(checks) == 20
    practical = nbformat.read(ROOT / "solutions" / "practical.ipynb", as_version=4)
    checks += [cell for cell in practical.cells if cell.id.startswith("check-")]
    assert len(checks) == 20 + 31
    for cell in checks:
        assert "All test cases passed!" in cell.outputs[0].data["text/plain"], cell.id


def test_solutions_read_like_a_handout():
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "solutions").iterdir())
    for internal in ("BEGIN SOLUTION", "END PROMPT", "grading.responses", "grader.export", "Traceback"):
        assert internal not in text


def test_nothing_is_replaced_when_a_master_fails(tmp_path):
    shutil.copytree(ROOT / "assignment", tmp_path / "assignment")
    shutil.copytree(ROOT / "solutions", tmp_path / "solutions")  # so that the practical is not executed again
    shutil.copy(ROOT / "otter_config.json", tmp_path)
    (tmp_path / "student").mkdir()
    (tmp_path / "student" / "kept.txt").write_text("still here")
    master = tmp_path / "assignment" / "theory.ipynb"
    notebook = nbformat.read(master, as_version=4)
    cell = next(cell for cell in notebook.cells if cell.id == "q7-answer")
    cell.source = '# BEGIN SOLUTION NO PROMPT\nanswer_7 = "A train is faster than a bus."\n# END SOLUTION'
    nbformat.write(notebook, master)
    with pytest.raises(MasterError, match="the solution of q7 fails"):
        build(tmp_path)
    assert (tmp_path / "student" / "kept.txt").read_text() == "still here"
