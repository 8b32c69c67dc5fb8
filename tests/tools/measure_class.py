"""Measures how fast, how resumably and with how much memory a class is graded, side by side with stock `otter run`.

    python tests/tools/measure_class.py theory [--repeats 3]  # one submission at a time and two, stock and ours in turn
    python tests/tools/measure_class.py practical             # stock and ours on the model solutions; their cells alone
    python tests/tools/measure_class.py class [--assignment practical] [--size 30]  # a made-up one, two at a time
    python tests/tools/measure_class.py memory [--size 100]   # of the process that grades, after every submission
    python tests/tools/measure_class.py kills [--times 10]    # SIGKILL at random moments, then the rest: same grades?

Every line says what the machine was busy with otherwise: its load averages before and after.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from make_class import notebook, students  # noqa: E402
from parity import stock_points  # noqa: E402

from grading.batch import grade_class, on_this_machine  # noqa: E402
from grading.exports import find_submissions  # noqa: E402
from grading.grader import Autograder, Grader  # noqa: E402
from grading.isolation.imports import of_the_notebook  # noqa: E402
from grading.isolation.limits import Limits  # noqa: E402
from grading.isolation.nursery import Nursery  # noqa: E402
from grading.isolation.plan import plan  # noqa: E402
from grading.isolation.student import StudentProcess  # noqa: E402
from grading.submission import read_submission  # noqa: E402

SAMPLES = sorted(path for path in (ROOT / "tests" / "samples").glob("*.ipynb") if path.name[:2] < "15")
COPIES = 6  # of the samples, in the class that is killed: a smaller one would be done before the last kill
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
STOCK_AT_A_TIME = 4  # submissions of one measurement of stock Otter
LONGEST = 600  # seconds for a submission of a made-up class under stock Otter


def _load() -> str:
    return f"load {os.getloadavg()[0]:.1f}"


def stock(paths: Sequence[Path], stem: str, at_once: int) -> float:
    """Seconds that `otter run` takes for these submissions."""
    began = time.monotonic()
    with ThreadPoolExecutor(at_once) as pool:
        if not all(pool.map(stock_points, paths)):
            raise AssertionError(f"stock Otter gives no points to one of {', '.join(map(str, paths))}")
    return time.monotonic() - began


def ours(paths: Sequence[Path], stem: str, at_once: int) -> float:
    """Seconds that our command's way takes for these submissions, the start of its processes included."""
    autograder = Autograder.read(ROOT / "autograder" / f"{stem}.zip")
    began = time.monotonic()
    with on_this_machine([autograder], at_once) as (submit, _):
        results = grade_class(find_submissions(paths), [autograder], submit, at_once)
    if failed := [result.error for result in results if result.error]:
        raise AssertionError(failed)
    return time.monotonic() - began


def compare(stem: str, ways: dict[str, tuple[Callable, Sequence[Path], int]], repeats: int) -> None:
    """Prints submissions per minute, medians of some repeats in which all ways take turns."""
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(repeats):
        for name, (way, paths, at_once) in ways.items():
            before = _load()
            seconds = way(paths, stem, at_once)
            rates[name].append(60 * len(paths) / seconds)
            print(f"{number + 1}. {name:22} {rates[name][-1]:7.2f} a minute  {before} -> {_load()}", flush=True)
    for name, found in rates.items():
        print(f"median {name:22} {statistics.median(found):7.2f} a minute")


def theory(repeats: int) -> None:
    """Every repeat grades as many submissions as let the start of our processes count as in a class of 28."""
    many = SAMPLES * 2
    ways = {
        "stock, 1 at a time": (stock, SAMPLES[:STOCK_AT_A_TIME], 1),
        "ours, 1 at a time": (ours, many, 1),
        "stock, 2 at a time": (stock, SAMPLES[:STOCK_AT_A_TIME], 2),
        "ours, 2 at a time": (ours, many, 2),
    }
    compare("theory", ways, repeats)


def practical(repeats: int) -> None:
    """The model solutions: stock, ours, and what their cells alone take in a forked process that is warm already."""
    solutions = ROOT / "solutions" / "practical.ipynb"
    print(f"the cells alone: {_cells_alone(solutions):.1f} s  {_load()}", flush=True)
    autograder = Autograder.read(ROOT / "autograder" / "practical.zip")
    began = time.monotonic()
    with contextlib.closing(Grader(autograder)) as grader:
        print(f"start of a worker and its nursery: {time.monotonic() - began:.1f} s  {_load()}", flush=True)
        began = time.monotonic()
        record = grader.grade(read_submission(solutions))
        points = sum(question["score"] for question in record["questions"])
        print(f"ours, warm: {time.monotonic() - began:.1f} s, {points:g} points  {_load()}", flush=True)
    ways = {
        "stock, 1 at a time": (stock, [solutions], 1),
        "stock, 2 at a time": (stock, [solutions] * 2, 2),
        "ours, 2 at a time": (ours, [solutions] * 4, 2),
    }
    compare("practical", ways, repeats)


def whole_class(assignment: str, size: int) -> None:
    """A made-up class without the odd ones, which stock may not survive: thirds of it by ours and stock in turn.

    Stock, which has no limits, is given one: a wrong solution may never end.
    """
    autograder = Autograder.read(ROOT / "autograder" / f"{assignment}.zip")

    def isolated(paths: Sequence[Path]) -> list[dict[str, float]]:
        with on_this_machine([autograder], 2) as (submit, _):
            results = grade_class(find_submissions(paths), [autograder], submit, 2)
        return [{part.name: part.score for part in result.parts} for result in results]

    def by_otter(paths: Sequence[Path]) -> list[dict[str, float]]:
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(partial(stock_points, seconds=LONGEST), paths))

    with tempfile.TemporaryDirectory() as folder:
        paths = _made_up(Path(folder), assignment, size)
        rates: dict[str, list[float]] = {"ours": [], "stock": []}
        for third in range(3):
            points = []
            for name, grade in (("ours", isolated), ("stock", by_otter)):
                mine = paths[third::3]
                before, began = _load(), time.monotonic()
                points.append(grade(mine))
                rates[name].append(60 * len(mine) / (time.monotonic() - began))
                print(f"{name:5} {len(mine)}: {rates[name][-1]:.2f} a minute  {before} -> {_load()}", flush=True)
            for path, ours_, stock_ in zip(mine, *points):
                differ = [
                    f"{q} {ours_.get(q, 0):g}/{stock_.get(q, 0):g}" for q in ours_ if ours_[q] != stock_.get(q, 0)
                ]
                print(
                    f"{path.name}: {sum(ours_.values()):g} points; ours/stock differ: {', '.join(differ) or 'nowhere'}"
                )
        for name, found in rates.items():
            print(f"median {name:5} {statistics.median(found):.2f} a minute")


def _made_up(folder: Path, assignment: str, size: int) -> list[Path]:
    made = [student for student in students(size + 10, 1, assignment) if student.kind in ("own", "copied")][:size]
    blank = nbformat.read(ROOT / "student" / f"{assignment}.ipynb", as_version=4)
    for student in made:
        (folder / student.file).write_text(notebook(student, blank, assignment), encoding="utf-8")
    return [folder / student.file for student in made]


def _cells_alone(path: Path) -> float:
    notebook = read_submission(path)
    autograder = Autograder.read(ROOT / "autograder" / "practical.zip")
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(ROOT / "autograder" / "practical.zip") as archive:
            archive.extractall(folder)
        files = Path(folder) / "files"
        with contextlib.closing(Nursery(of_the_notebook(files))) as nursery:
            limits = Limits()
            began = time.monotonic()
            student = StudentProcess(files, limits, began + limits.total_seconds, nursery.start)
            student.ready()
            for number, source in enumerate(plan(notebook, autograder.tests)[0]):
                student.run(source, f"cell {number}")
            seconds = time.monotonic() - began
            student.close()
    return seconds


def memory(size: int) -> None:
    """Resident memory of worker and nursery while one worker grades many submissions."""
    autograder = Autograder.read(ROOT / "autograder" / "theory.zip")
    with contextlib.closing(Grader(autograder)) as grader:
        (worker,) = _children(os.getpid())
        for number in range(1, size + 1):
            grader.grade(read_submission(SAMPLES[number % len(SAMPLES)]))
            if number in (1, 2, 5, 10) or number % 20 == 0:
                print(f"after {number:4}: {_resident(worker)}  {_load()}", flush=True)


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _resident(pid: int) -> str:
    sizes = [_mib(process) for process in (pid, *_children(pid))]
    files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    return f"worker {sizes[0]:.1f} MiB, nursery {sizes[1]:.1f} MiB, {files} open files"


def _mib(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def kills(times: int) -> None:
    """Kills the command at random moments of its work; what is left is graded in the end, and grades are compared."""
    chance = random.Random(8)
    with tempfile.TemporaryDirectory() as folder:
        submissions, disturbed, undisturbed = (Path(folder) / name for name in ("class", "disturbed", "undisturbed"))
        submissions.mkdir()
        for copy in range(COPIES):
            for path in SAMPLES:
                (submissions / f"{copy}-{path.name}").write_bytes(path.read_bytes())
        began = time.monotonic()
        command = subprocess.Popen(_command(undisturbed, submissions), cwd=ROOT, **QUIET)
        while not list(undisturbed.glob("results/*.json")):
            time.sleep(0.05)
        first = time.monotonic() - began
        command.wait()
        whole = time.monotonic() - began
        print(
            f"undisturbed: {whole:.0f} s for {COPIES * len(SAMPLES)}, the first after {first:.1f}  {_load()}",
            flush=True,
        )
        for number in range(times):
            command = subprocess.Popen(_command(disturbed, submissions), cwd=ROOT, **QUIET)
            kept = len(list(disturbed.glob("results/*.json")))
            while len(list(disturbed.glob("results/*.json"))) == kept and command.poll() is None:
                time.sleep(0.01)
            moment = chance.uniform(0, (whole - first) / times)
            time.sleep(moment)
            done = command.poll() is not None
            command.kill()
            command.wait()
            kept = len(list(disturbed.glob("results/*.json")))
            print(
                f"kill {number + 1}, {moment:.1f} s after its first result{' (was done)' * done}: {kept} kept",
                flush=True,
            )
        subprocess.run(_command(disturbed, submissions), check=True, capture_output=True, cwd=ROOT)
        same = _grades(disturbed) == _grades(undisturbed)
        print("the same grades" if same else "OTHER GRADES", _load())


def _command(folder: Path, submissions: Path) -> list[str]:
    arguments = ["--to", folder, "--autograder", ROOT / "autograder" / "theory.zip", submissions]
    return [sys.executable, "-m", "grading", "grade", *map(str, arguments)]


def _grades(folder: Path) -> list[list[str]]:
    with (folder / "grades.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("theory", "practical", "class", "memory", "kills"))
    parser.add_argument("--assignment", choices=("theory", "practical"), default="theory")
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--size", type=int)
    parser.add_argument("--times", type=int, default=10)
    options = parser.parse_args()
    print(f"{os.cpu_count()} processors, {_load()}", flush=True)
    if options.what == "memory":
        memory(options.size or 100)
    elif options.what == "class":
        whole_class(options.assignment, options.size or 30)
    elif options.what == "kills":
        kills(options.times)
    else:
        {"theory": theory, "practical": practical}[options.what](options.repeats)


if __name__ == "__main__":
    main()
