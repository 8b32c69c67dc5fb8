"""Masters as they are stored: without outputs and without what Jupyter notes on the side, so that diffs are small."""

from __future__ import annotations

from pathlib import Path

import nbformat

_NOTED_BY_JUPYTER = ("collapsed", "execution", "jupyter", "scrolled", "trusted")


def clean(path: Path) -> bool:
    """Rewrites a notebook the way masters are stored; returns whether that has changed the file."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        for key in _NOTED_BY_JUPYTER:
            cell.metadata.pop(key, None)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook.metadata = nbformat.from_dict({"kernelspec": kernel, "language_info": {"name": "python"}})
    stored = (nbformat.writes(notebook) + "\n").encode()
    changed = stored != path.read_bytes()
    if changed:
        path.write_bytes(stored)
    return changed
