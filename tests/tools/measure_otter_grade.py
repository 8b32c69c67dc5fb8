"""Measures `otter grade` with our zips and with the same zips in which Otter's own runner grades, in turn.

    python tests/tools/measure_otter_grade.py theory [--submissions 8] [--rounds 3]
    python tests/tools/measure_otter_grade.py practical --submissions 2 --rounds 1

Both images are made by our setup.sh, because Otter's own downloads Miniforge and a browser: so only grading differs.
The submissions are copies of the model solution. Two containers run at a time.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from docker_engine import engine, why_not
from otter_grade import otter_grade

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from grading.archive import read_zip, write_zip  # noqa: E402

_TIMEOUT = 1_800
_OTTERS_RUNNER = {
    "run_autograder": b"#!/usr/bin/env bash\n/opt/grading/bin/python /autograder/source/run_otter.py\n",
    "run_otter.py": b"from otter.run.run_autograder import main\n\nmain('/autograder')\n",
}


def timed(*arguments: Any) -> tuple[float, list[float]]:
    """Seconds that `otter_grade` takes with these, and the points of every submission."""
    began = time.monotonic()
    rows = otter_grade(*arguments, _TIMEOUT)
    seconds = time.monotonic() - began
    return seconds, [float(row["total_points_earned"] or 0) for row in rows if row["file"].endswith(".ipynb")]


def measure(stem: str, submissions: int, rounds: int) -> None:
    """Prints seconds per submission, medians of some rounds in which both take turns."""
    with tempfile.TemporaryDirectory() as folder, engine() as environment:
        out = Path(folder)
        ours, stock = ROOT / "autograder" / f"{stem}.zip", out / "stock.zip"
        write_zip(stock, read_zip(ours) | _OTTERS_RUNNER)
        paths = [out / f"{stem}-{number}.ipynb" for number in range(submissions)]
        for path in paths:
            shutil.copy(ROOT / "solutions" / f"{stem}.ipynb", path)
        took: dict[str, list[float]] = {"stock": [], "ours": []}
        for name, autograder in (("stock", stock), ("ours", ours)):
            seconds, points = timed(environment, f"{stem}-{name}", autograder, paths[:1], out)
            print(f"{name}: image and first submission {seconds:.0f} s, {points} points", flush=True)
        for number in range(rounds):
            for name, autograder in (("stock", stock), ("ours", ours)):
                seconds, points = timed(environment, f"{stem}-{name}", autograder, paths, out)
                took[name].append(seconds / submissions)
                print(f"{number + 1}. {name:5} {took[name][-1]:6.1f} s a submission, points {set(points)}", flush=True)
    stock_s, ours_s = (statistics.median(took[name]) for name in ("stock", "ours"))
    print(f"{stem}: stock {stock_s:.1f} s, ours {ours_s:.1f} s per submission, ratio {ours_s / stock_s:.2f}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("assignment", choices=["theory", "practical"])
    parser.add_argument("--submissions", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if reason := why_not():
        sys.exit(reason)
    measure(options.assignment, options.submissions, options.rounds)


if __name__ == "__main__":
    main()
