"""Runs the practicals straight from their master, in this process, and says what every test says.

    python tests/practicals.py [PRACTICAL …] [--stubs] [--seed N] [--proxies] [--patch FILE] [--json]

Much quicker than a notebook for trying one practical, and the only way to put tests before proxies or patched
solutions. A patch is a Python file that defines some functions anew; it has a line `# question: p1b` and runs after the
solution of that question.
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
from proxies import to_test

ROOT = Path(__file__).resolve().parents[1]
_CONFIG = re.compile(r'""" # BEGIN TEST CONFIG\n(.*?)\n""" # END TEST CONFIG\n', re.DOTALL)
_SOLUTION = re.compile(r"^( *)# BEGIN SOLUTION\n.*?^ *# END SOLUTION", re.DOTALL | re.MULTILINE)


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
class Run:
    """Outcomes in order, seconds per practical (cells and tests), and peak memory of this process in MiB."""

    outcomes: list[Outcome]
    seconds: dict[str, float]
    peak: float

    @property
    def points(self) -> float:
        return sum(outcome.points for outcome in self.outcomes if not outcome.message)


def run(practicals=(), stubs=False, seed=None, proxies=False, patch="", folder=ROOT / "assignment") -> Run:
    """Runs the setup cells and the given practicals (such as "p3"; all by default).

    Args:
        practicals: which ones.
        stubs: run what students start from instead of the solutions.
        seed: replaces the notebook's SEED.
        proxies: let tests see proxies, as in graded runs.
        patch: source that is run after the solution of the question that it names.
        folder: where the master lies and its code runs.
    """
    os.environ.setdefault("MPLBACKEND", "Agg")
    sys.path.insert(0, str(folder))
    os.chdir(folder)
    names: dict = {"__name__": "__main__"}
    outcomes, seconds = [], {}
    patched = re.search(r"^# question: (\w+)", patch, re.MULTILINE)
    block = question = None
    for cell in nbformat.read(folder / "practical.ipynb", as_version=4).cells:
        practical = cell.id.split("-")[0][:2] if re.match(r"p\d", cell.id) else ""
        if practical and practicals and practical not in practicals:
            continue
        began = time.perf_counter()
        source = cell.source
        if cell.cell_type == "raw":
            first = source.splitlines()[0]
            if first == "# BEGIN QUESTION":
                question = yaml.safe_load(source)["name"]
            elif first == "# END SOLUTION" and patched and patched.group(1) == question:
                exec(compile(patch, "patch", "exec"), names)
            block = first.removeprefix("# BEGIN ") if first.startswith("# BEGIN ") else None
        elif cell.cell_type == "code" and block == "TESTS":
            outcomes.append(_test(question, source, names, proxies))
        elif cell.cell_type == "code":
            if block == "SOLUTION" and stubs:
                source = _SOLUTION.sub(r"\1...", source)
            if seed is not None:
                source = re.sub(r"^SEED = \d+", f"SEED = {seed}", source, flags=re.MULTILINE)
            exec(compile(source, cell.id, "exec"), names)
        seconds[practical] = seconds.get(practical, 0) + time.perf_counter() - began
    return Run(outcomes, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _test(question: str, source: str, names: dict, proxies: bool) -> Outcome:
    config = yaml.safe_load(_CONFIG.match(source).group(1))
    function = next(node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))
    text = ast.unparse(function)
    space: dict = {}
    exec(compile(text, "test", "exec"), space)
    given = {argument.arg: names.get(argument.arg) for argument in function.args.args}
    if proxies:
        given = {name: to_test(value) for name, value in given.items()}
    began, message, figures = time.perf_counter(), "", []
    try:
        with contextlib.redirect_stdout(io.StringIO()), _recorded(figures):
            space[function.name](**given)
    except Exception as error:  # whatever a student's code can raise
        line = next(frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "test")
        message = f"{text.splitlines()[line - 1].strip()}\n{type(error).__name__}: {error}"
    seconds = time.perf_counter() - began
    return Outcome(question, function.name, config.get("hidden", False), config["points"], seconds, message, figures)


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
    parser.add_argument("--proxies", action="store_true", help="let tests see proxies, as in graded runs")
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
    for practical, seconds in result.seconds.items():
        print(f"{practical or 'setup'}: {seconds:.1f} s")
    print(f"{result.points:g} of {sum(o.points for o in result.outcomes):g} points, peak {result.peak:.0f} MiB")


if __name__ == "__main__":
    main()
