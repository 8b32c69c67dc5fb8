"""Grades the same submissions under stock Otter and isolated, and compares the points of every question, and the time.

    python tests/tools/parity.py [theory] [samples] [practical] [wrong]

`theory` and `practical` are the model solutions, run several times in turn under both; `samples` is tests/samples;
`wrong` are practical notebooks into which solutions of tests/wrong were put, a different practical's each. Prints a
table and exits with 1 if points differ, or if the median time isolated exceeds what AT_MOST allows of that under stock.
The practicals take minutes per run. A submission that is not graded is equal to one that gets no points.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from grading.pool import grade, made_for  # noqa: E402
from grading.submission import BadSubmission, read_submission  # noqa: E402

AUTOGRADERS = sorted((ROOT / "autograder").glob("*.zip"))
SOLUTIONS = ROOT / "solutions"
TIMES = {"theory": 5, "practical": 3}
AT_MOST = {"theory": 0.8, "practical": 1.0}  # of the time under stock Otter
_WRONG_NOTEBOOKS = 2
_STOCK_SECONDS = 1_800


@dataclass
class Row:
    """A submission: its points by question and its seconds of wall time, under stock Otter and isolated."""

    name: str
    stock: list[dict[str, float]] = field(default_factory=list)
    ours: list[dict[str, float]] = field(default_factory=list)
    stock_seconds: list[float] = field(default_factory=list)
    our_seconds: list[float] = field(default_factory=list)

    @property
    def differences(self) -> list[str]:
        """In words, of all runs."""
        found = {}
        for stock, ours in zip(self.stock, self.ours):
            for question in sorted(stock.keys() | ours.keys()):
                if stock.get(question, 0) != ours.get(question, 0):
                    found[f"{question}: stock {stock.get(question, 0):g}, isolated {ours.get(question, 0):g}"] = None
        return list(found)

    @property
    def ratio(self) -> float:
        """Median time isolated by that under stock Otter."""
        return statistics.median(self.our_seconds) / statistics.median(self.stock_seconds)


def compare(name: str, submission: Path, times: int = 1) -> Row:
    """Grades a submission some times in turn under both."""
    row = Row(name)
    for _ in range(times):
        for grade_it, points, seconds in (
            (stock_points, row.stock, row.stock_seconds),
            (_our_points, row.ours, row.our_seconds),
        ):
            began = time.monotonic()
            points.append(grade_it(submission))
            seconds.append(time.monotonic() - began)
    return row


def stock_points(submission: Path, seconds: float = _STOCK_SECONDS) -> dict[str, float]:
    """Points of every question by `otter run`, as documented; the notebook has the name that its cells ask for.

    There are none if that takes longer, which stock Otter itself does not limit.
    """
    try:
        autograder = made_for(read_submission(submission), AUTOGRADERS)
    except BadSubmission:
        autograder = AUTOGRADERS[-1]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{autograder.stem}{submission.suffix}"
        shutil.copy(submission, path)
        command = [sys.executable, "-m", "otter", "run", "-a", str(autograder), "-o", folder, str(path)]
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(command, capture_output=True, cwd=folder, timeout=seconds, check=False)
        results = Path(folder) / "results.json"
        tests = json.loads(results.read_text(encoding="utf-8"))["tests"] if results.exists() else []
    return {test["name"]: test["score"] for test in tests if "score" in test}


def _our_points(submission: Path) -> dict[str, float]:
    return {part.name: part.score for part in grade(submission, AUTOGRADERS).parts}


def wrong_notebooks(folder: Path) -> list[tuple[str, Path]]:
    """The practical solution with wrong solutions in it, one for every practical: (what is in it, where it is)."""
    patches: dict[str, list[Path]] = {}
    for path in sorted((ROOT / "tests" / "wrong").glob("*.py")):
        patches.setdefault(path.name[:2], []).append(path)
    made = []
    for number in range(_WRONG_NOTEBOOKS):
        notebook = nbformat.read(SOLUTIONS / "practical.ipynb", as_version=4)
        cells = {cell.id: cell for cell in notebook.cells}
        chosen = [paths[number * len(paths) // _WRONG_NOTEBOOKS] for paths in patches.values()]
        for path in chosen:
            text = path.read_text(encoding="utf-8")
            question = re.search(r"^# question: (\w+)", text, re.MULTILINE).group(1)
            cells[f"{question}-solution"].source += f"\n\n\n{text}"
        made.append((", ".join(path.stem for path in chosen), folder / f"wrong-{number + 1}.ipynb"))
        nbformat.write(notebook, made[-1][1])
    return made


def _rows(groups: list[str], folder: Path) -> Iterator[Row]:
    for group in groups:
        if group in TIMES:
            yield compare(group, SOLUTIONS / f"{group}.ipynb", TIMES[group])
        elif group == "samples":
            for path in sorted((ROOT / "tests" / "samples").iterdir()):
                yield compare(path.name, path)
        else:
            for name, path in wrong_notebooks(folder):
                yield compare(name, path)


def main() -> None:
    """The command line."""
    groups = ["theory", "samples", "practical", "wrong"]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"{', '.join(groups)}; all by default")
    chosen = parser.parse_args().groups or groups
    if unknown := set(chosen) - set(groups):
        parser.error(f"there is no group named {', '.join(sorted(unknown))}")
    failed = False
    print("| submission | points, stock | points, isolated | seconds, stock | isolated | ratio | differences |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for row in _rows(chosen, Path(folder)):
            slow = row.ratio > AT_MOST.get(row.name, float("inf"))
            failed = failed or slow or bool(row.differences)
            cells = [row.name, *(_sums(points) for points in (row.stock, row.ours))]
            cells += [_seconds(row.stock_seconds), _seconds(row.our_seconds), f"{row.ratio:.2f}{' (too slow)' * slow}"]
            print(f"| {' | '.join(cells)} | {'; '.join(row.differences) or 'none'} |", flush=True)
    sys.exit(failed)


def _sums(points: list[dict[str, float]]) -> str:
    return " ".join(sorted({f"{sum(each.values()):g}" if each else "not graded" for each in points}))


def _seconds(seconds: list[float]) -> str:
    spread = f" ({min(seconds):.1f}–{max(seconds):.1f})" if len(seconds) > 1 else ""
    return f"{statistics.median(seconds):.1f}{spread}"


if __name__ == "__main__":
    main()
