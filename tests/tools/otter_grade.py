"""A run of `otter grade`."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from docker_engine import base_image


def otter_grade(
    environment: Mapping[str, str], name: str, autograder: Path, submissions: Sequence[Path], folder: Path, timeout: int
) -> list[dict[str, str]]:
    """The rows of final_grades.csv, the first of which is the points per question.

    Args:
        environment: in which `docker` reaches an engine.
        name: of the image, which is made at the first run.
        autograder: the zip.
        submissions: notebooks; two are graded at a time.
        folder: where final_grades.csv is written.
        timeout: in seconds, of a submission.

    Raises:
        RuntimeError: with its last words.
    """
    options = {
        "--name": name,
        "--autograder": autograder,
        "--image": base_image(environment),
        "--containers": 2,
        "--timeout": timeout,
        "--output-dir": folder,
    }
    command = [sys.executable, "-m", "otter", "grade", *(word for option in options.items() for word in option)]
    done = subprocess.run(
        [*map(str, command), *map(str, submissions)], env=environment, cwd=folder, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"otter grade: {done.stderr[-5_000:]}")
    with (folder / "final_grades.csv").open(newline="") as file:
        return list(csv.DictReader(file))
