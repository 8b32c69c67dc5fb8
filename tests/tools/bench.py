"""Tries many versions of a solution in one process: what a version cannot change is not run again.

The model solutions run once. For a version of question p3b, names go back to what they were before p3b; then only
those cells and tests run that use, directly or through functions, something that the version has defined. Public tests
see the objects themselves, as in a notebook, hidden ones proxies, as in graded runs. Every call has a limit. Seconds
are those of the processor, whatever else the machine does.

    python tests/tools/bench.py p3      # reads jobs from standard input, a line of JSON each; answers likewise
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from keeping import Kept, start_randomness
from practicals import ASSIGNMENT, ROOT, Late, Outcome, Step, Test, prepare, steps
from reach import defines, needed, uses

_SHORTEST, _FACTOR = 40, 8  # seconds that everything may take; how often the model solution's time
_LONG = 2  # seconds that a cell takes if it trains something


@dataclass
class Tried:
    """What became of a version: outcomes of tests, cells that broke, seconds.

    `asked` is True once all tests of its own question have run, `trained` if a long cell ran again.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    seconds: float = 0
    asked: bool = False
    trained: bool = False

    @property
    def failed(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.message]


class Bench:
    """One practical with its model solutions."""

    def __init__(self, practical: str):
        prepare(ASSIGNMENT)
        self.steps = steps([practical])
        self.names: dict = {"__name__": "__main__"}
        self.kept: dict[str, Kept] = {}
        self.made: dict[str, dict] = {}  # cell -> the names that it has defined
        self.seconds: dict[str, float] = {}  # that every cell took
        self.tests = {step.cell: Test(step) for step in self.steps if step.kind == "test"}
        self.needed = needed(self.steps, self.tests)
        for step in self.steps:
            began = time.process_time()
            if step.kind == "solution" and step.question not in self.kept:
                self.kept[step.question] = Kept(self.names)
            if step.kind == "test":
                if message := self.tests[step.cell].run(self.names, "hidden").message:
                    raise AssertionError(f"the model solution fails {step.question} {step.cell}: {message}")
            elif step.source:
                before = dict(self.names)
                exec(compile(step.source, step.cell, "exec"), self.names)
                self.made[step.cell] = {n: v for n, v in self.names.items() if n not in before or before[n] is not v}
            self.seconds[step.cell] = time.process_time() - began

    def try_version(
        self, question: str, source: str, seed: int = 1, hidden_first: bool = False,
        enough: Callable[[Tried], bool] = lambda tried: False,
    ) -> Tried:  # fmt: skip
        """Runs the version after the model solution of its question, then what depends on it, until that is enough.

        Args:
            question: such as "p3b".
            source: defines something anew.
            seed: of everything random, and the notebook's SEED for what is trained after the version.
            hidden_first: within the question, run its hidden tests before its public ones.
            enough: looked at after every test.
        """
        tried, began = Tried(), time.process_time()
        self.kept[question].bring_back(self.names)
        start_randomness(seed)
        self.names["SEED"] = seed
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            for _ in self._run(question, source, hidden_first, tried):
                if enough(tried):
                    break
        tried.seconds = time.process_time() - began
        return tried

    def _run(self, question: str, source: str, hidden_first: bool, tried: Tried) -> Iterator[None]:
        own = [step for step in self.steps if step.question == question]
        for step in own:
            if step.kind == "solution":
                self._execute(step, step.source, tried)
        before = dict(self.names)
        self._execute(own[0], source, tried, "the version")
        changed = {name for name, value in self.names.items() if before.get(name) is not value}
        changed |= defines(source)
        tests = [step for step in own if step.kind == "test"]
        if hidden_first:
            tests.sort(key=lambda step: (not self.tests[step.cell].hidden, self.seconds[step.cell]))
        for step in tests:
            tried.outcomes.append(self._test(step))
            tried.asked = step is tests[-1]
            yield
        tried.asked = True
        place = max(i for i, step in enumerate(self.steps) if step.question == question)
        for step in self.steps[place + 1 :]:
            if step.kind == "test":
                if changed & {*self.tests[step.cell].wanted}:
                    tried.outcomes.append(self._test(step))
                    yield
            elif step.cell in self.needed and changed & uses(step.source):
                changed |= defines(step.source)
                tried.trained |= step.kind == "given" and self.seconds[step.cell] > _LONG
                self._execute(step, step.source, tried)
            else:
                self.names.update(self.made.get(step.cell, {}))

    def _execute(self, step: Step, source: str, tried: Tried, name: str = "") -> None:
        try:
            with _limited(max(_SHORTEST, _FACTOR * self.seconds[step.cell])):
                exec(compile(source, name or step.cell, "exec"), self.names)
        except (Exception, Late) as error:
            tried.broken.append(f"{name or step.cell}: {type(error).__name__}: {error}")

    def _test(self, step: Step) -> Outcome:
        with _limited(max(_SHORTEST, _FACTOR * self.seconds[step.cell])):
            return self.tests[step.cell].run(self.names, "hidden")


def _brief(message: str) -> str:
    """Hints as they are; of an exception the first line, and no folder of this machine."""
    if "\nHint: " not in message:
        message = "\n".join(line[:200] for line in message.splitlines()[:2])
    return message.replace(f"{ROOT}/", "")


def _told_enough(tried: Tried, named: set[str]) -> bool:
    """Whether all named checks have failed, and a hidden one, so that a point is lost."""
    failed = {outcome.test for outcome in tried.failed}
    return tried.asked and named <= failed and any(outcome.hidden for outcome in tried.failed)


@contextlib.contextmanager
def _limited(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise Late(f"stopped after {seconds:.0f} s")

    former = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, 3)  # again and again: a test may go on after the first
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, former)


def main(practical: str) -> None:
    """Does the jobs that come on standard input."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever else prints
    began = time.process_time()
    with contextlib.redirect_stdout(io.StringIO()):
        bench = Bench(practical)
    print(json.dumps({"ready": time.process_time() - began}), file=answers, flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        named = set(job.get("named", ()))
        conditions = {
            "all": lambda tried: False,
            "named": lambda tried, named=named: _told_enough(tried, named),
            "hidden": lambda tried: any(outcome.hidden for outcome in tried.failed),
        }
        tried = bench.try_version(
            job["question"], job["source"], job.get("seed", 1), job["until"] == "hidden", conditions[job["until"]]
        )
        failed = [
            {
                "question": outcome.question,
                "test": outcome.test,
                "hidden": outcome.hidden,
                "message": _brief(outcome.message),
            }
            for outcome in tried.failed
        ]
        figures = [[o.test, name, value] for o in tried.outcomes for name, value, *_ in o.figures]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        answer = {
            "failed": failed,
            "broken": [_brief(line) for line in tried.broken],
            "seconds": round(tried.seconds, 1),
            "peak": peak,
        }
        print(json.dumps({**answer, "trained": tried.trained, "figures": figures}), file=answers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
