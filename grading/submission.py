"""Opens what a student handed in, and says in a sentence what is wrong with it if it cannot be graded."""

from __future__ import annotations

import ast
import json
import re
import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path, PurePath
from typing import IO

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
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            if any(isinstance(target, ast.Name) and target.id == variable for target in targets):
                text = node.value.value if isinstance(node.value, ast.Constant) else None
                found = text.strip() if isinstance(text, str) else cell.source
    return found


def _text(path: Path) -> str:
    try:
        if path.suffix.lower() == ".zip":
            raw = _from_zip(path)
        else:
            with path.open("rb") as file:
                raw = _bounded(file, path.stat().st_size, path.name)
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
                if info.filename.lower().endswith(".ipynb") and "__MACOSX" not in info.filename
                and ".ipynb_checkpoints" not in info.filename
            ]  # fmt: skip
            if len(notebooks) != 1:
                raise BadSubmission(f"{path.name} must hold exactly one notebook, it holds {len(notebooks)}")
            (info,) = notebooks
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise BadSubmission(f"{path.name} is packed in an unusual way: make an ordinary zip file of it")
            with archive.open(info) as file:
                return _bounded(file, info.file_size, path.name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadSubmission(f"{path.name} is not a zip file that can be opened") from error


def _bounded(file: IO[bytes], size: int, name: str) -> bytes:
    """What is in the file, which says that it has so many bytes: in a zip file, that is anybody's claim."""
    data = b"" if size > LARGEST else file.read(LARGEST + 1)
    if max(size, len(data)) > LARGEST:
        raise BadSubmission(
            f"{name} has {max(size, len(data)) / 2**20:,.0f} MiB; at most {LARGEST / 2**20:.0f} MiB are read"
        )
    return data
