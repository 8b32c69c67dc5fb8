"""The imports of notebooks and tests, so that a process can do them before it is needed."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

FILE = "grading/isolation/imports.json"  # below the support files of a zip: what its notebook imports
_NOT_BEFOREHAND = {"otter", "__future__"}  # in a graded notebook, something else takes Otter's place


def imports_of(sources: Iterable[str]) -> list[str]:
    """The import statements in the sources, in order, each once; what is no Python counts for nothing."""
    found: dict[str, None] = {}
    for source in sources:
        try:
            nodes = list(ast.walk(ast.parse(source)))
        except (SyntaxError, ValueError):
            continue
        for node in nodes:
            if isinstance(node, (ast.Import, ast.ImportFrom)) and not _modules(node) & _NOT_BEFOREHAND:
                found[ast.unparse(node)] = None
    return list(found)


def _modules(node: ast.Import | ast.ImportFrom) -> set[str]:
    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [name.name for name in node.names]
    return {name.split(".")[0] for name in names}


def of_the_notebook(files: Path) -> Sequence[str]:
    """What the build has noted of the assignment's notebook; nothing if there is no note."""
    try:
        return json.loads((files / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
