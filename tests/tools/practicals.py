"""Runs the practicals straight from their master, in this process, and says what every test says.

    python tests/tools/practicals.py [PRACTICAL …] [--stubs] [--seed N] [--proxies] [--patch FILE] [--json]

Much quicker than a notebook for trying one practical, and the only way to put tests before proxies or patched
solutions. A patch is a Python file that defines some functions anew; it has a line `# question: p1b` and runs after the
solution of that question. `--proxies` is for all tests, `--proxies hidden` for those that only graded runs have.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import io
import json
import math
import os
import re
import resource
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import nbformat
import numpy as np
import yaml
from proxies import call_as_graded

from grading.masters import TEST_CONFIG

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENT = ROOT / "assignment"
_SOLUTION = re.compile(r"^( *)# BEGIN SOLUTION\n.*?^ *# END SOLUTION", re.DOTALL | re.MULTILINE)


class Late(BaseException):
    """Raised by whoever limits the time of a test; no student's `except Exception` stops it."""


@dataclass(frozen=True)
class Outcome:
    """What one test said.

    Attributes:
        question, test: their names.
        hidden, points: as the test's settings say.
        seconds: wall time.
        message: empty if it passed.
        figures: what the test compared with a threshold: (name, figure, at least, at most).
    """

    question: str
    test: str
    hidden: bool
    points: float
    seconds: float
    message: str
    figures: list[tuple[str, float, float, float]]


@dataclass(frozen=True)
class Step:
    """A piece of the master that is run.

    Attributes:
        kind: "given" (a cell that students get as it is), "solution", "solved" (the place after it), or "test".
        practical, question: such as "p1" and "p1b"; empty outside of them.
        cell, source: its id and its code.
    """

    kind: str
    practical: str
    question: str
    cell: str
    source: str


@dataclass(frozen=True)
class Run:
    """Outcomes in order, seconds per practical (cells and tests), peak memory of this process in MiB, broken cells."""

    outcomes: list[Outcome]
    seconds: dict[str, float]
    peak: float
    broken: list[str]

    @property
    def points(self) -> float:
        return sum(outcome.points for outcome in self.outcomes if not outcome.message)


def steps(practicals=(), folder: Path = ASSIGNMENT) -> list[Step]:
    """What the master runs, in order: the setup cell and the given practicals (all by default)."""
    found, block, question = [], None, ""
    for cell in nbformat.read(folder / "practical.ipynb", as_version=4).cells:
        practical = cell.id.split("-")[0][:2] if re.match(r"p\d", cell.id) else ""
        if practical and practicals and practical not in practicals:
            continue
        if cell.cell_type == "raw":
            first = cell.source.splitlines()[0]
            if first == "# BEGIN QUESTION":
                question = yaml.safe_load(cell.source)["name"]
            elif first == "# END SOLUTION":
                found.append(Step("solved", practical, question, cell.id, ""))
            elif first == "# END QUESTION":
                question = ""
            block = first.removeprefix("# BEGIN ") if first.startswith("# BEGIN ") else None
        elif cell.cell_type == "code":
            kind = {"TESTS": "test", "SOLUTION": "solution"}.get(block, "given")
            found.append(Step(kind, practical, question, cell.id, cell.source))
    return found


def run(practicals=(), stubs=False, seed=None, proxies="none", patch="", folder=ASSIGNMENT) -> Run:
    """Runs the setup cells and the given practicals (such as "p3"; all by default).

    Args:
        practicals: which ones.
        stubs: run what students start from instead of the solutions.
        seed: replaces the notebook's SEED.
        proxies: which tests see proxies, as in graded runs: "none", "hidden" ones or "all".
        patch: source that is run after the solution of the question that it names. Cells that cannot cope with it are
            named in the result, and the run goes on, as graded runs do.
        folder: where the master lies and its code runs.
    """
    prepare(folder)
    names: dict = {"__name__": "__main__"}
    outcomes, seconds, broken = [], {}, []
    patched = patched_question(patch) if patch else None
    for step in steps(practicals, folder):
        began, source = time.perf_counter(), step.source
        if step.kind == "test":
            outcomes.append(Test(step).run(names, proxies))
        elif step.kind == "solved":
            if step.question == patched:
                exec(compile(patch, "patch", "exec"), names)
        else:
            if step.kind == "solution" and stubs:
                source = _SOLUTION.sub(r"\1...", source)
            if seed is not None:
                source = re.sub(r"^SEED = \d+", f"SEED = {seed}", source, flags=re.MULTILINE)
            try:
                exec(compile(source, step.cell, "exec"), names)
            except Exception as error:
                if not patch:
                    raise
                broken.append(f"{step.cell}: {type(error).__name__}: {error}")
        seconds[step.practical] = seconds.get(step.practical, 0) + time.perf_counter() - began
    return Run(outcomes, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, broken)


def prepare(folder: Path) -> None:
    """Makes this process one in which the code of the master can run."""
    os.environ.setdefault("MPLBACKEND", "Agg")
    if sys.path[0] != str(folder):
        sys.path.insert(0, str(folder))
    os.chdir(folder)


def patched_question(patch: str) -> str:
    """The question that a patch is for."""
    return re.search(r"^# question: (\w+)", patch, re.MULTILINE).group(1)


class Test:
    """A test of the master.

    Attributes:
        question, name, hidden, points, hint: as the master says; the hint is the failure message of a hidden test.
        wanted: what it takes from the student.
    """

    __test__ = False  # nothing for pytest to collect

    def __init__(self, step: Step):
        config = yaml.safe_load(TEST_CONFIG.match(step.source).group(1))
        function = next(node for node in ast.parse(step.source).body if isinstance(node, ast.FunctionDef))
        self.question, self.name, self.text = step.question, function.name, ast.unparse(function)
        self.hidden, self.points = config.get("hidden", False), config["points"]
        self.hint = config.get("failure_message", "")
        self.wanted = [argument.arg for argument in function.args.args]
        space: dict = {}
        exec(compile(self.text, "test", "exec"), space)
        self.function = space[self.name]

    def run(self, names: dict, proxies: str = "none") -> Outcome:
        """Runs it on a student's names; `proxies` as in `run`."""
        began, message, figures = time.perf_counter(), "", []
        try:
            with contextlib.redirect_stdout(io.StringIO()), _recorded(figures):
                if proxies == "all" or (proxies == "hidden" and self.hidden):
                    call_as_graded(self.function, self.wanted, names)
                else:
                    self.function(**{name: names.get(name) for name in self.wanted})
        except (Exception, Late) as error:  # whatever a student's code can raise
            frames = traceback.extract_tb(error.__traceback__)
            line = next((frame.lineno for frame in frames if frame.filename == "test"), 1)
            message = f"{self.text.splitlines()[line - 1].strip()}\n{type(error).__name__}: {error}"
        seconds = time.perf_counter() - began
        return Outcome(self.question, self.name, self.hidden, self.points, seconds, message, figures)


@contextlib.contextmanager
def _recorded(figures: list) -> Iterator[None]:
    """Notes what `expect.number` is asked to look at."""
    import expect

    number = expect.number

    def noting(name, value, low=-math.inf, high=math.inf, ask=""):
        if isinstance(value, (int, float, np.number)) and (low, high) != (-math.inf, math.inf):
            figures.append((name, float(value), float(low), float(high)))
        return number(name, value, low, high, ask)

    expect.number = noting
    try:
        yield
    finally:
        expect.number = number


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("practicals", nargs="*", help="such as p3; all by default")
    parser.add_argument("--stubs", action="store_true", help="run what students start from")
    parser.add_argument("--seed", type=int, help="replaces the notebook's SEED")
    parser.add_argument(
        "--proxies", nargs="?", choices=("all", "hidden"), const="all", default="none", help="let tests see proxies"
    )
    parser.add_argument("--patch", type=Path, help="a file with wrong or other right solutions")
    parser.add_argument("--json", action="store_true", help="print plain data")
    options = parser.parse_args()
    patch = options.patch.read_text(encoding="utf-8") if options.patch else ""
    result = run(options.practicals, options.stubs, options.seed, options.proxies, patch)
    if options.json:
        print(json.dumps(asdict(result)))
        return
    for outcome in result.outcomes:
        kind = "hidden" if outcome.hidden else "public"
        print(
            f"{'FAIL' if outcome.message else 'ok  '} {outcome.question} {kind} {outcome.test} {outcome.seconds:.2f}s"
        )
        if outcome.message:
            print("     " + outcome.message.replace("\n", "\n     "))
    for cell in result.broken:
        print(f"cell {cell}")
    for practical, seconds in result.seconds.items():
        print(f"{practical or 'setup'}: {seconds:.1f} s")
    print(f"{result.points:g} of {sum(o.points for o in result.outcomes):g} points, peak {result.peak:.0f} MiB")


if __name__ == "__main__":
    main()
