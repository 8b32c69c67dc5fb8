"""From the masters to everything that leaves this repository: student/ and its zip, autograder/, solutions/."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbclient.exceptions import CellExecutionError
from otter.assign import main as otter_assign

from .archive import read_zip, write_zip
from .handout import for_colab, for_students, requirements_on_colab, stamped, zipped
from .isolation.imports import FILE as IMPORTS
from .isolation.imports import imports_of
from .isolation.limits import SETTING as LIMITS
from .isolation.limits import Limits
from .masters import Master, MasterError, read_master
from .notebooks import as_html, solved, stable

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent
_RUNNER = tuple(  # not used when the build executes the solutions
    f"files/grading/{name}" for name in ("__init__.py", "isolation/", "submission.py", "versions.py")
)
_OUTPUTS = ("student", "autograder", "solutions")


@dataclass
class _Built:
    """What one build produces: path below the root -> contents; entries of the zips and digests of solutions apart."""

    files: dict[str, bytes] = field(default_factory=dict)
    zips: dict[str, dict[str, bytes]] = field(default_factory=dict)
    made_from: dict[str, str] = field(default_factory=dict)


def build(root: Path = ROOT) -> list[str]:
    """Builds all masters of `<root>/assignment` and replaces the three output folders.

    Nothing is replaced unless everything could be built.

    Returns:
        The paths of what was written, in order.

    Raises:
        MasterError: a master is malformed, or its solutions do not pass its tests.
    """
    built = _everything(root)
    _write(root, built)
    return sorted([*built.files, *built.zips])


def student_files(root: Path, names: Sequence[str]) -> dict[str, bytes]:
    """What students get of the masters with these file names, by its path below `student/`; runs no solution."""
    built = _Built(_handout(root))
    for name in names:
        _build_one(read_master(root / "assignment" / name), root, built, execute=False)
    return {name.removeprefix("student/"): data for name, data in built.files.items() if name.startswith("student/")}


def out_of_date(root: Path = ROOT) -> list[str]:
    """The files that a build would change, as far as that can be told without running a solution."""
    built = _everything(root, execute=False)
    behind = [name for name, data in built.files.items() if not _holds(root / name, data)]
    for name, entries in built.zips.items():
        if not (root / name).exists() or read_zip(root / name) != entries:
            behind.append(name)
    for name, made_from in built.made_from.items():
        last = nbformat.read(root / name, as_version=4) if (root / name).exists() else None
        if not last or last.metadata.get("made_from") != made_from:
            behind.append(name)
    return sorted(behind)


def _holds(path: Path, contents: bytes) -> bool:
    return path.exists() and path.read_bytes() == contents


def _everything(root: Path, execute: bool = True) -> _Built:
    built = _Built(_handout(root))
    masters = [read_master(path) for path in sorted((root / "assignment").glob("*.ipynb"))]
    if not masters:
        raise MasterError("there is no master notebook in assignment/")
    for master in masters:
        _build_one(master, root, built, execute)
    built.zips["student.zip"] = zipped(built.files)
    return built


def _handout(root: Path) -> dict[str, bytes]:
    files = (path for path in sorted((root / "assignment" / "handout").iterdir()) if path.is_file())
    return {f"student/{path.name}": path.read_bytes() for path in files}


def _build_one(master: Master, root: Path, built: _Built, execute: bool = True) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = _run_otter_assign(master, root, Path(folder))
        ids = {cell.id for cell in master.notebook.cells}
        plain = stable(nbformat.read(out / "student" / master.path.name, as_version=4), ids)
        autograder = stable(nbformat.read(out / "autograder" / master.path.name, as_version=4), ids)
        (otter_zip,) = (out / "autograder").glob("*.zip")
        entries = _zip_entries(master, root, otter_zip)
        imported = imports_of(cell.source for cell in plain.cells if cell.cell_type == "code")
        entries[f"files/{IMPORTS}"] = (json.dumps(imported, indent=2) + "\n").encode()
        entries["requirements.imports"] = "".join(f"{line}\n" for line in imported).encode()  # for setup.sh
        for path in sorted((out / "student").rglob("*")):
            if path.is_file() and path.name != master.path.name:
                built.files[path.relative_to(out).as_posix()] = path.read_bytes()
        stem, name = master.path.stem, master.path.name
        student = for_students(plain, name)
        on_colab, requirements = requirements_on_colab(
            (root / "assignment" / "handout" / "requirements.txt").read_text(encoding="utf-8"), name
        )
        built.files[f"student/{name}"] = _as_bytes(student)
        built.files[f"student/colab/{name}"] = _as_bytes(for_colab(student, name))
        built.files[f"student/colab/{on_colab}"] = requirements.encode()
        built.zips[f"autograder/{stem}.zip"] = entries
        built.made_from[f"solutions/{name}"] = _made_from(entries, autograder)
        if execute:
            solutions = _solutions(master, root, autograder, plain, entries, out / "autograder")
            built.files[f"solutions/{name}"] = _as_bytes(stamped(solutions))
            built.files[f"solutions/{stem}.html"] = as_html(solutions, f"Solutions: {stem}").encode()


def _as_bytes(notebook: nbformat.NotebookNode) -> bytes:
    return nbformat.writes(notebook).encode() + b"\n"


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
    made_from = _made_from(entries, autograder)
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


def _made_from(entries: Mapping[str, bytes], autograder: nbformat.NotebookNode) -> str:
    used = {n: data for n, data in entries.items() if n.startswith(("tests/", "files/")) and not n.startswith(_RUNNER)}
    return _digest({**used, "notebook": nbformat.writes(autograder).encode()})


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
    config = _settings(root, master.path.stem) | json.loads(entries["otter_config.json"])
    for name in ("otter_config.json", "files/grading/otter_config.json"):  # `otter grade` strips the first of `limits`
        entries[name] = (json.dumps(config, indent=2) + "\n").encode()
    modules = [*sorted((PACKAGE / "isolation").glob("*.py"))]
    modules += [PACKAGE / name for name in ("__init__.py", "submission.py", "versions.py")]
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


def _settings(root: Path, stem: str) -> dict[str, Any]:
    """Those of otter_config.json; limits that stand there under the name of a notebook are for that one only."""
    settings = json.loads((root / "otter_config.json").read_text(encoding="utf-8"))
    written = settings.pop(LIMITS, {})
    for_all = {name: value for name, value in written.items() if not isinstance(value, dict)}
    for name in written.keys() - for_all.keys():
        if not (root / "assignment" / f"{name}.ipynb").exists():
            raise MasterError(f"otter_config.json: {LIMITS} of {name!r}, but there is no assignment/{name}.ipynb")
    mine = for_all | written.get(stem, {})
    try:
        Limits.from_settings(mine)
    except ValueError as error:
        raise MasterError(f"otter_config.json: {error}") from error
    return settings | ({LIMITS: mine} if mine else {})


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
