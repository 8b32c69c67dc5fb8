"""Opens what a student handed in, and says in a sentence what is wrong with it if it cannot be graded."""

from __future__ import annotations

import ast
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Collection
from pathlib import Path, PurePath

import nbformat

_CHECK = re.compile(r"""\.check\(\s*["'](\w+)["']""")
ENDINGS = (".ipynb", ".zip")  # of what can be handed in; of several files, a notebook goes before a zip file
LARGEST = 20 * 2**20  # bytes of a notebook; a finished practical with plots has less than 2 MiB


class BadSubmission(ValueError):
    """A submission that cannot be graded; the message is for the student."""


def only_one(names: Collection[str]) -> str:
    """The one notebook, or else the one zip file, among the names of the files that a student handed in.

    Raises:
        BadSubmission: there is none, or more than one.
    """
    for ending in ENDINGS:
        found = [name for name in names if name.lower().endswith(ending)]
        if len(found) == 1:
            return found[0]
        if found:
            break
    got = ", ".join(PurePath(name).name for name in names) or "nothing"
    raise BadSubmission(f"hand in exactly one notebook (.ipynb), not {got}")


def read_submission(path: Path) -> nbformat.NotebookNode:
    """The notebook of a submission, a `.ipynb` file or a zip file with exactly one.

    Nothing else of a zip is used: logs and pickles that come along are never opened.

    Raises:
        BadSubmission: there is no notebook that can be graded, and why.
    """
    text = _text(path)
    try:
        data = json.loads(text)
    except ValueError as error:
        raise BadSubmission(f"{path.name} is not a notebook: its text is not valid JSON ({error})") from error
    except RecursionError as error:
        raise BadSubmission(f"{path.name} is not a notebook: it is nested too deeply") from error
    if not isinstance(data, dict) or "nbformat" not in data:
        raise BadSubmission(f"{path.name} is not a notebook: it has no notebook format number")
    text = json.dumps(data, ensure_ascii=False).encode("utf-8", "replace").decode()  # halves of surrogate pairs go
    try:
        notebook = nbformat.reads(text, as_version=4)
        nbformat.validate(notebook, relax_add_props=True)
    except Exception as error:  # nbformat raises many kinds for what a hand-edited file can hold
        reason = (str(error) or type(error).__name__).splitlines()[0][:200]
        raise BadSubmission(f"{path.name} is a damaged notebook: {reason}") from error
    if not any(cell.cell_type == "code" and cell.source.strip() for cell in notebook.cells):
        raise BadSubmission(f"{path.name} has no code cells, so there is nothing to grade")
    return notebook


def checked_questions(source: str) -> list[str]:
    """The questions that a cell checks with `grader.check("…")`."""
    return _CHECK.findall(source)


def text_of(notebook: nbformat.NotebookNode, variable: str) -> str:
    """The text that the notebook assigns to the variable, read without running anything; the last one if several.

    Where it is not a plain text in quotes, the cell itself; where there is no such cell, "".
    """
    found = ""
    for cell in notebook.cells:
        if cell.cell_type != "code" or variable not in cell.source:
            continue
        try:
            tree = ast.parse(cell.source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in tree.body:
            if isinstance(node, ast.Assign) and any(ast.unparse(target) == variable for target in node.targets):
                text = node.value.value if isinstance(node.value, ast.Constant) else None
                found = text.strip() if isinstance(text, str) else cell.source
    return found


def _text(path: Path) -> str:
    try:
        raw = (
            _from_zip(path)
            if path.suffix.lower() == ".zip"
            else _bounded(path.stat().st_size, path.name, path.read_bytes)
        )
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSubmission(f"{path.name} is not a notebook: it is not a UTF-8 text") from error
    except OSError as error:
        raise BadSubmission(f"{path.name} cannot be read: {error.strerror}") from error


def _from_zip(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(path) as archive:
            notebooks = [
                info
                for info in archive.infolist()
                if info.filename.endswith(".ipynb") and "__MACOSX" not in info.filename
                and ".ipynb_checkpoints" not in info.filename
            ]  # fmt: skip
            if len(notebooks) != 1:
                raise BadSubmission(f"{path.name} must hold exactly one notebook, it holds {len(notebooks)}")
            return _bounded(notebooks[0].file_size, path.name, lambda: archive.read(notebooks[0]))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadSubmission(f"{path.name} is not a zip file that can be opened") from error


def _bounded(size: int, name: str, read: Callable[[], bytes]) -> bytes:
    if size > LARGEST:
        raise BadSubmission(f"{name} has {size / 2**20:,.0f} MiB; at most {LARGEST / 2**20:.0f} MiB are read")
    return read()
