"""What a piece of the master defines and uses, and so which later tests a change to a question can reach."""

from __future__ import annotations

import dis
from collections.abc import Iterator
from types import CodeType

from practicals import Step, Test


def defines(source: str) -> set[str]:
    """The global names that a cell gives a value."""
    code = compile(source, "cell", "exec")
    return {each.argval for each in dis.get_instructions(code) if each.opname == "STORE_NAME"}


def uses(source: str) -> set[str]:
    """The global names that a cell looks up, inside of its functions as well, but for those that it has just stored."""
    return set(_looked_up(compile(source, "cell", "exec")))


def _looked_up(code: CodeType) -> Iterator[str]:
    stored = set()
    for each in dis.get_instructions(code):
        if each.opname == "STORE_NAME":
            stored.add(each.argval)
        elif each.opname in ("LOAD_NAME", "LOAD_GLOBAL") and each.argval not in stored:
            yield each.argval
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _looked_up(constant)


def reached(steps: list[Step], question: str) -> list[Test]:
    """The tests of a question, and those of later ones that may come out otherwise when its solution is another."""
    changed, found, passed = set(), [], False
    for step in steps:
        passed = passed or step.question == question
        if step.kind == "test" and passed:
            test = Test(step)
            if step.question == question or changed & set(test.wanted):
                found.append(test)
        elif passed and (step.question == question or changed & uses(step.source)):
            changed |= defines(step.source)
    return found


def needed(steps: list[Step], tests: dict[str, Test]) -> set[str]:
    """The cells that some later test depends on; the others only show something."""
    cells, wanted = set(), set()
    for step in reversed(steps):
        if step.kind == "test":
            wanted |= set(tests[step.cell].wanted)
        elif step.kind == "solution" or defines(step.source) & wanted:
            cells.add(step.cell)
            wanted |= uses(step.source)
    return cells
