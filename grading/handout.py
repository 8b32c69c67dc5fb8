"""What students get beside Otter's notebooks: last cells of our own, a version, copies for Colab, a zip."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from pathlib import PurePosixPath

import nbformat

from . import __version__
from .versions import KEY

FOLDER = "attention-assignment"  # what the zip unpacks to
_OTTERS_END = re.compile(r"---\s*To double-check your work")  # from here on: check all, export
_JUPYTERS_OWN = ("jupyterlab", "ipykernel")  # Colab has its own, which must stay
_FOR_THE_PRACTICAL = "# for practical.ipynb"

_PROGRESS = """\
---

## How far am I?

The cell below runs all checks again and shows in a few lines which questions pass theirs, and
where to look next."""

_HAND_IN = """\
## Hand in

The cell below saves your notebook, packs the file that you hand in, and says what you may have forgotten. Run it as
often as you like."""

_COLAB = """\
# On Google Colab: run this cell first, and choose student.zip when it asks for files.
import io
import json
import os
import sys
import zipfile
from pathlib import Path

if not Path("{folder}").exists() and not Path("handing_in.py").exists():
    from google.colab import files

    for data in files.upload().values():
        zipfile.ZipFile(io.BytesIO(data)).extractall()
if Path("{folder}").exists():
    os.chdir("{folder}")
Path("tests").mkdir(exist_ok=True)  # where Otter looks for the checks on Colab
for name, source in json.loads(Path("{name}").read_text(encoding="utf-8"))["metadata"]["otter"]["tests"].items():
    Path("tests", name + ".py").write_text(source, encoding="utf-8")
!{{sys.executable}} -m pip install -q -r colab/{requirements}"""


def for_students(notebook: nbformat.NotebookNode, name: str) -> nbformat.NotebookNode:
    """The student version of the notebook that is called `name`, stamped and with our own last cells.

    These are left out when it is graded (Otter's tag `otter_ignore`).
    """
    notebook = copy.deepcopy(notebook)
    ends = (number for number, cell in enumerate(notebook.cells) if _OTTERS_END.match(cell.source))
    notebook.cells[next(ends, len(notebook.cells)) :] = [
        _locked("progress-text", _PROGRESS),
        _locked("progress", f'from handing_in import progress\n\nprogress("{name}")', code=True),
        _locked("hand-in-text", _HAND_IN),
        _locked("hand-in", f'from handing_in import hand_in\n\nhand_in("{name}")', code=True),
    ]
    return stamped(notebook)


def for_colab(student: nbformat.NotebookNode, name: str) -> nbformat.NotebookNode:
    """The student version with a first cell that gets what the notebook needs onto Colab's machine."""
    notebook = copy.deepcopy(student)
    source = _COLAB.format(folder=FOLDER, name=name, requirements=_requirements_name(name))
    notebook.cells.insert(0, _locked("colab", source, code=True))
    return notebook


def requirements_on_colab(requirements: str, name: str) -> tuple[str, str]:
    """The name and contents of the file that the notebook's first cell on Colab installs from."""
    if "practical" not in name:
        requirements = requirements.partition(_FOR_THE_PRACTICAL)[0]
    lines = [line for line in requirements.splitlines() if line and not line.startswith(("#", *_JUPYTERS_OWN))]
    return _requirements_name(name), "\n".join(lines) + "\n"


def stamped(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook with the version of the assignment in its metadata."""
    notebook.metadata[KEY] = __version__
    return notebook


def zipped(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The entries of student.zip: what lies in student/, in one folder."""
    inside = {path: PurePosixPath(path).relative_to("student") for path in files if path.startswith("student/")}
    return {f"{FOLDER}/{name}": files[path] for path, name in inside.items()}


def _requirements_name(name: str) -> str:
    return f"requirements-{PurePosixPath(name).stem}.txt"


def _locked(id: str, source: str, code: bool = False) -> nbformat.NotebookNode:
    metadata = {"deletable": False, "editable": False} | ({"tags": ["otter_ignore"]} if code else {})
    make = nbformat.v4.new_code_cell if code else nbformat.v4.new_markdown_cell
    return make(source, id=id, metadata=metadata)
