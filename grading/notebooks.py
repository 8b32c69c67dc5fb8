"""Turns what Otter Assign writes into the notebooks that this project publishes."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from traitlets.config import Config

_CHECK = re.compile(r'grader\.check\("(\w+)"\)$')
_OTTER_EMOJI = re.compile("🍀|🎉|🌈|🙌|🚀|🌟|✨|💯")  # Otter picks one at random
_FOR_STUDENTS_ONLY = re.compile(r"---\s*To double-check your work|## Submission")  # check all, then export
_SECONDS_PER_CELL = 120


def stable(notebook: nbformat.NotebookNode, master_ids: set[str]) -> nbformat.NotebookNode:
    """Gives the cells that Otter added ids that stay the same from build to build, and drops machine details."""
    for cell in notebook.cells:
        if cell.id not in master_ids:
            check = _CHECK.match(cell.source)
            digest = hashlib.sha1(cell.source.encode()).hexdigest()[:8]
            cell.id = f"check-{check.group(1)}" if check else f"otter-{digest}"
    notebook.metadata["language_info"] = {"name": "python"}
    return notebook


def solved(autograder: nbformat.NotebookNode, student: nbformat.NotebookNode, folder: Path) -> nbformat.NotebookNode:
    """The worked solutions, executed in `folder` against all tests and then freed of the hidden ones.

    Args:
        autograder: the notebook with solutions and all tests, as Otter Assign writes it.
        student: the student version, whose public tests the result keeps.
        folder: holds the files that the notebook needs.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell of the solutions fails.
    """
    notebook = nbformat.from_dict(autograder)
    end = next((i for i, cell in enumerate(notebook.cells) if _FOR_STUDENTS_ONLY.match(cell.source)), None)
    notebook.cells = notebook.cells[:end]
    for cell in notebook.cells:
        cell.metadata.pop("tags", None)
        if cell.cell_type == "code":
            cell.source = _without_markers(cell.source)
    NotebookClient(
        notebook,
        timeout=_SECONDS_PER_CELL,
        record_timing=False,
        resources={"metadata": {"path": str(folder)}},
        extra_arguments=["--log-level=ERROR"],  # ipykernel warns of unencrypted local traffic on every start
    ).execute()
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            for kind, text in data.items():
                data[kind] = _OTTER_EMOJI.sub("🎉", text)
    notebook.metadata["otter"] = student.metadata["otter"]
    notebook.metadata["language_info"] = {"name": "python"}
    return notebook


def as_html(notebook: nbformat.NotebookNode, title: str) -> str:
    """The notebook as one HTML page."""
    notebook = nbformat.from_dict(notebook)
    notebook.metadata["title"] = title
    exporter = HTMLExporter(
        config=Config({"HTMLExporter": {"exclude_input_prompt": True, "exclude_output_prompt": True}})
    )
    html, _ = exporter.from_notebook_node(notebook)
    return html


def _without_markers(source: str) -> str:
    """A solution cell as a reader wants it: without Otter's markers and without the students' prompt."""
    kept, in_prompt = [], False
    for line in source.splitlines():
        if line.rstrip().endswith("# BEGIN PROMPT"):
            in_prompt = True
        elif line.rstrip().endswith("# END PROMPT"):
            in_prompt = False
        elif not in_prompt and not re.match(r"\s*# (BEGIN SOLUTION( NO PROMPT)?|END SOLUTION)$", line):
            kept.append(re.sub(r"\s*# SOLUTION( NO PROMPT)?$", "", line))
    return "\n".join(kept)
