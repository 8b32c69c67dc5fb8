"""Small notebooks graded in isolation, and values sent to another process and back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat

from grading.isolation.limits import Limits
from grading.isolation.supervisor import Record, Supervisor
from grading.isolation.values import decode, encode

QUICK = Limits(
    cell_seconds=3, test_seconds=3, total_seconds=60, grace_seconds=1, memory_mib=600, file_mib=5, output_mib=1
)
PATIENT = replace(QUICK, cell_seconds=60, test_seconds=60)  # for what a busy machine needs seconds for


def otter_test(name: str, *cases: str, hidden: bool = True) -> str:
    """A test file as Otter Assign writes it; each case is the body of a test with its parameters in the first line."""
    text = f'from otter.test_files import test_case\n\nOK_FORMAT = False\n\nname = "{name}"\npoints = None\n'
    for number, case in enumerate(cases):
        parameters, _, body = case.partition("\n")
        text += f'\n@test_case(points=1, hidden={hidden}, failure_message="Think of {name}?")\n'
        text += f"def test_{number}({parameters}):\n    " + body.replace("\n", "\n    ") + "\n"
    return text


def grade_small(
    tmp_path: Path, cells: list[str], limits: Limits = QUICK, hidden: bool = True, **tests: tuple[str, ...]
) -> Record:
    """Grades a notebook of these cells with tests given as question=(case, …)."""
    notebook = nbformat.v4.new_notebook()
    for cell in cells:
        notebook.cells.append(nbformat.v4.new_code_cell(cell))
    files = tmp_path / "files"
    files.mkdir(exist_ok=True)
    sources = {name: otter_test(name, *cases, hidden=hidden) for name, cases in tests.items()}
    return Supervisor(notebook, sources, files, limits).grade()


def passed(record: Record) -> dict[str, list[bool]]:
    return {name: [case.passed for case in cases] for name, cases in record.cases.items()}


def travel(value: Any) -> Any:
    """The value after a journey as JSON; objects come back as ("object", number)."""
    objects = []

    def refer(item):
        objects.append(item)
        return ["object", len(objects)]

    data, attachments = encode(value, refer)
    return decode(json.loads(json.dumps(data)), attachments, tuple)
