"""The student's notebooks in a folder for the author to look at, without waiting for solutions to run."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import nbformat

from ..build import student_files


def write_preview(root: Path, folder: Path, masters: Sequence[str]) -> dict[str, nbformat.NotebookNode]:
    """Builds what students get of the given masters; rewrites only files that have changed.

    Args:
        root: the repository.
        folder: where `student/` would be.
        masters: such as "theory.ipynb".

    Returns:
        The student's notebook of each master.

    Raises:
        MasterError: a master is malformed.
    """
    files = student_files(root, masters)
    for name, contents in files.items():
        path = folder / name
        if not path.exists() or path.read_bytes() != contents:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(contents)
    return {name: nbformat.reads(files[name].decode(), as_version=4) for name in masters}


def serve(folder: Path, browser: bool) -> None:
    """Shows a folder in JupyterLab, on this machine only, until Ctrl+C."""
    command = [sys.executable, "-m", "jupyterlab", str(folder), *([] if browser else ["--no-browser"])]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # Jupyter asks for it, because some servers can be reached from outside
    with contextlib.suppress(KeyboardInterrupt):
        subprocess.run(command, check=True)


def has_display() -> bool:
    """Whether there is a screen that a browser could open on."""
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
