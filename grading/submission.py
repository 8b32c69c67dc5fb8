"""Opens what a student handed in, and says in a sentence what is wrong with it if it cannot be graded."""

from __future__ import annotations

import ast
import json
import re
import zipfile
import zlib
from collections.abc import Collection, Iterable
from pathlib import Path, PurePath, PurePosixPath
from typing import IO, Any

import nbformat

_CHECK = re.compile(r"""\.check\(\s*["'](\w+)["']""")
ENDINGS = (".ipynb", ".zip")  # of what can be handed in; of several files, a notebook goes before a zip file
LARGEST = 20 * 2**20  # bytes of a notebook; a finished practical with plots has less than 2 MiB
_METADATA = ("assignment_version", "otter", "tags")  # what is used of a notebook's and of a cell's
_LONGEST_METADATA = 10_000  # characters
_LONGEST_PARSED = 20_000  # characters of a cell: an answer has at most 6,000, and long sums end older Pythons
_NAMED = 5  # files at most that a message names


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
    got = ", ".join([PurePath(name).name for name in names][:_NAMED]) or "nothing"
    got += f" and {len(names) - _NAMED:,} more files" * (len(names) > _NAMED)
    raise BadSubmission(f"hand in exactly one notebook (.ipynb), not {got}")


def left_by_a_system(name: str) -> bool:
    """Whether a path is one of those that macOS and Jupyter leave beside what people have made."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part == "__MACOSX" or (part.startswith(".") and part != "..") for part in parts)


def read_submission(path: Path) -> nbformat.NotebookNode:
    """The notebook of a submission, a `.ipynb` file or a zip file with exactly one.

    Nothing else of a zip is used: logs and pickles that come along are never opened.

    Raises:
        BadSubmission: there is no notebook that can be graded, and why.
    """
    text = _text(path)
    try:
        data = _what_is_graded(json.loads(text))
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


def _what_is_graded(data: Any) -> Any:
    """A notebook without outputs, texts and most metadata: to look through what is not used could cost any memory."""
    if not isinstance(data, dict) or data.get("nbformat") != 4 or not isinstance(data.get("cells"), list):
        return data
    kept = {name: data[name] for name in ("nbformat", "nbformat_minor") if name in data}
    cells = [_cell(cell) if isinstance(cell, dict) else cell for cell in data["cells"]]
    return {**kept, "metadata": _metadata(data), "cells": cells}


def _cell(cell: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {name: cell[name] for name in ("cell_type", "id", "source") if name in cell}
    if cell.get("cell_type") != "code":
        return {**kept, "source": "", "metadata": {}}
    return {**kept, "metadata": _metadata(cell), "outputs": [], "execution_count": None}


def _metadata(of: dict[str, Any]) -> dict[str, Any]:
    found = of.get("metadata")
    kept = {name: found[name] for name in _METADATA if name in found} if isinstance(found, dict) else {}
    return kept if len(json.dumps(kept)) <= _LONGEST_METADATA else {}


def checked_questions(source: str) -> list[str]:
    """The questions that a cell checks with `grader.check("…")`."""
    return _CHECK.findall(source)


def text_of(cells: Iterable[nbformat.NotebookNode], variable: str) -> str:
    """The text that cells assign to the variable, read without running anything; the last one if several.

    Where it is not a plain text in quotes, the cell itself, below what it adds to; where there is no such cell, "".
    """
    found = ""
    for cell in cells:
        if cell.cell_type == "code" and re.search(rf"\b{variable}\b", cell.source):
            found = _after(cell.source, variable, found)
    return found


def _after(source: str, variable: str, before: str) -> str:
    """What stands for the variable's text after a cell."""
    try:
        tree = ast.parse(source) if len(source) <= _LONGEST_PARSED else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # magic commands are no Python, either
        tree = None
    if not tree:
        return source if re.search(rf"\b{variable}\s*[+:]?=(?!=)", source) else before
    names = (node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == variable)
    set_ = [name for name in names if isinstance(name.ctx, ast.Store)]
    texts = [text for name in set_ if (text := _plain(tree, name)) is not None]
    if len(texts) == len(set_):
        return texts[-1].strip() if texts else before
    adds = any(isinstance(node, ast.AugAssign) and node.target in set_ for node in tree.body)
    return f"{before}\n\n{source}".strip() if adds else source


def _plain(tree: ast.Module, name: ast.Name) -> str | None:
    """The text in quotes that a statement of its own assigns to the name."""
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
        if name in targets and isinstance(value, ast.Constant) and isinstance(value.value, str):
            return value.value
    return None


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
                if info.filename.lower().endswith(".ipynb") and not left_by_a_system(info.filename)
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
            f"{name} holds more than {LARGEST / 2**20:.0f} MiB, the most that is read: clear its outputs first"
        )
    return data
