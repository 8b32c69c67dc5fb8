"""A process that has run the cells before a question and waits for the question itself. It is used once.

`watch.py` starts it and writes two lines of JSON: the steps to run before, and, once something was saved, the rest.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from dataclasses import asdict

from practicals import ASSIGNMENT, Outcome, Step, Test, prepare

from grading.responses import load_rubric, wrong_examples


class Broken(Exception):
    """A cell that does not run; the message says which, where and why."""


def main() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what cells print is not for the screen
    prepare(ASSIGNMENT)
    names: dict = {"__name__": "__main__"}
    try:
        for step in _steps(sys.stdin.readline()):
            run_cell(step, names)
        line = sys.stdin.readline()
        if not line:  # not needed after all
            return
        answer = verdict(json.loads(line), names)
    except Broken as broken:
        sys.stdin.read()
        answer = {"broken": str(broken)}
    print(json.dumps(answer), file=answers, flush=True)


def _steps(line: str) -> list[Step]:
    return [Step(**step) for step in json.loads(line or "[]")]


def run_cell(step: Step, names: dict) -> None:
    """Runs a cell that is no test.

    Raises:
        Broken: it fails.
    """
    try:
        exec(compile(step.source, step.cell, "exec"), names)
    except SyntaxError as error:
        raise Broken(f"{step.cell}, line {error.lineno}: {error.msg}") from error
    except Exception as error:
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == step.cell]
        place = f"{step.cell}, line {lines[-1]}" if lines else step.cell
        raise Broken(f"{place}: {type(error).__name__}: {error}") from error


def verdict(asked: dict, names: dict) -> dict:
    """What became of questions.

    Args:
        asked: `steps` to run; `untouched`, the cells that students get in place of the solutions; `rubrics` whose
            examples are to be marked.
        names: what the earlier cells have defined.

    Returns:
        `solved` and `untouched`, the outcomes of every test; `examples`, what became of each rubric's.
    """
    steps = [Step(**step) for step in asked["steps"]]
    tests = {step.cell: Test(step) for step in steps if step.kind == "test"}
    solved: list[Outcome] = []
    for step in steps:
        if step.kind == "test":
            solved.append(tests[step.cell].run(names, "hidden"))
        else:
            run_cell(step, names)
    for step in asked["untouched"]:
        run_cell(Step(**step), names)
    untouched = [test.run(names) for test in tests.values()]
    examples = {name: wrong_examples(load_rubric(name)) for name in asked["rubrics"]}
    return {"solved": [asdict(o) for o in solved], "untouched": [asdict(o) for o in untouched], "examples": examples}


if __name__ == "__main__":
    main()
