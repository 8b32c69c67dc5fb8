"""From the masters to everything that leaves this repository: student/, autograder/, solutions/."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbclient.exceptions import CellExecutionError
from otter.assign import main as otter_assign

from .archive import read_zip, write_zip
from .masters import Master, MasterError, read_master
from .notebooks import as_html, solved, stable

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent
_RUNNER = ("files/grading/isolation/", "files/grading/submission.py")  # not used when the build executes the solutions
_OUTPUTS = ("student", "autograder", "solutions")


@dataclass
class _Built:
    """What one build produces: path below the root -> contents; entries of the zips apart."""

    files: dict[str, bytes] = field(default_factory=dict)
    zips: dict[str, dict[str, bytes]] = field(default_factory=dict)


def build(root: Path = ROOT) -> list[str]:
    """Builds all masters of `<root>/assignment` and replaces the three output folders.

    Nothing is replaced unless everything could be built.

    Returns:
        The paths of what was written, in order.

    Raises:
        MasterError: a master is malformed, or its solutions do not pass its tests.
    """
    built = _Built()
    masters = [read_master(path) for path in sorted((root / "assignment").glob("*.ipynb"))]
    if not masters:
        raise MasterError("there is no master notebook in assignment/")
    for master in masters:
        _build_one(master, root, built)
    for path in sorted((root / "assignment" / "handout").iterdir()):
        built.files[f"student/{path.name}"] = path.read_bytes()
    _write(root, built)
    return sorted([*built.files, *built.zips])


def _build_one(master: Master, root: Path, built: _Built) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = _run_otter_assign(master, root, Path(folder))
        ids = {cell.id for cell in master.notebook.cells}
        student = stable(nbformat.read(out / "student" / master.path.name, as_version=4), ids)
        autograder = stable(nbformat.read(out / "autograder" / master.path.name, as_version=4), ids)
        (otter_zip,) = (out / "autograder").glob("*.zip")
        entries = _zip_entries(master, root, otter_zip)
        solutions = _solutions(master, root, autograder, student, entries, out / "autograder")
        for path in sorted((out / "student").rglob("*")):
            if path.is_file() and path.name != master.path.name:
                built.files[path.relative_to(out).as_posix()] = path.read_bytes()
        stem = master.path.stem
        built.files[f"student/{stem}.ipynb"] = nbformat.writes(student).encode() + b"\n"
        built.files[f"solutions/{stem}.ipynb"] = nbformat.writes(solutions).encode() + b"\n"
        built.files[f"solutions/{stem}.html"] = as_html(solutions, f"Solutions: {stem}").encode()
        built.zips[f"autograder/{stem}.zip"] = entries


def _run_otter_assign(master: Master, root: Path, folder: Path) -> Path:
    """Runs Otter Assign on a copy, because it deletes and writes beside the master."""
    shutil.copytree(root / "assignment", folder / "assignment")
    copy, out = folder / "assignment" / master.path.name, folder / "out"
    nbformat.write(master.notebook, copy)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            otter_assign(str(copy), str(out), no_run_tests=True, no_pdfs=True)
    except Exception as error:  # Otter raises many kinds; its message already names question and cell
        raise MasterError(f"{master.path.name}: otter assign: {error}") from error
    return out


def _solutions(
    master: Master,
    root: Path,
    autograder: nbformat.NotebookNode,
    student: nbformat.NotebookNode,
    entries: Mapping[str, bytes],
    folder: Path,
) -> nbformat.NotebookNode:
    """The executed solutions; those of the last build if nothing has changed that they are made from.

    What a training prints or plots differs between machines in the last digits, so running it again for its own sake
    would change bytes that mean nothing.
    """
    used = {n: data for n, data in entries.items() if n.startswith(("tests/", "files/")) and not n.startswith(_RUNNER)}
    made_from = _digest({**used, "notebook": nbformat.writes(autograder).encode()})
    last = root / "solutions" / master.path.name
    if last.exists():
        solutions = nbformat.read(last, as_version=4)
        if solutions.metadata.get("made_from") == made_from:
            return solutions
    try:
        solutions = solved(autograder, student, folder)
    except CellExecutionError as error:
        raise MasterError(f"{master.path.name}: the solutions do not run: {error.ename}: {error.evalue}") from error
    _check_all_passed(master, solutions)
    solutions.metadata["made_from"] = made_from
    return solutions


def _digest(contents: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(contents):
        digest.update(f"{name}\n{len(contents[name])}\n".encode() + contents[name])
    return digest.hexdigest()


def _check_all_passed(master: Master, solutions: nbformat.NotebookNode) -> None:
    for cell in solutions.cells:
        if not cell.id.startswith("check-"):
            continue
        text = "".join(output.get("data", {}).get("text/plain", "") for output in cell.outputs)
        if "All test cases passed!" not in text:
            raise MasterError(f"{master.path.name}: the solution of {cell.id.removeprefix('check-')} fails:\n{text}")


def _zip_entries(master: Master, root: Path, otter_zip: Path) -> dict[str, bytes]:
    """Otter's zip with the shared settings, the isolated runner, and what its hidden tests use: rubrics, hidden data.

    In the zip they lie under `files/` at the same relative paths as in the repository. The files of `container/` and
    the master's requirements lie at its root, in place of Otter's own; `otter grade` takes `requirements.*` along.
    """
    entries = read_zip(otter_zip)
    shared = json.loads((root / "otter_config.json").read_text(encoding="utf-8"))
    config = shared | json.loads(entries["otter_config.json"])
    for name in ("otter_config.json", "files/grading/otter_config.json"):  # `otter grade` strips the first of `limits`
        entries[name] = (json.dumps(config, indent=2) + "\n").encode()
    modules = [*sorted((PACKAGE / "isolation").glob("*.py")), PACKAGE / "__init__.py", PACKAGE / "submission.py"]
    data = []
    if master.rubrics:
        modules += sorted((PACKAGE / "responses").glob("*.py"))
        data += [f"rubrics/{name}.toml" for name in ("lexicon", *master.rubrics)] + ["rubrics/learned.json"]
    if master.hidden_data:
        modules.append(PACKAGE / "hidden.py")
        data += [f"hidden/{name}.json" for name in master.hidden_data]
    for path in (PACKAGE / "container").iterdir():
        entries[path.name] = path.read_bytes()
    for path in (root / "assignment").glob(f"requirements-{master.path.stem}.*"):
        entries[f"requirements{path.suffix}"] = path.read_bytes()
    for path in modules:
        entries[f"files/grading/{path.relative_to(PACKAGE).as_posix()}"] = path.read_bytes()
    for name in data:
        entries[f"files/assignment/{name}"] = (root / "assignment" / name).read_bytes()
    return entries


def _write(root: Path, built: _Built) -> None:
    for name in _OUTPUTS:
        shutil.rmtree(root / name, ignore_errors=True)
    for name, contents in built.files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents)
    for name, entries in built.zips.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_zip(path, entries)
