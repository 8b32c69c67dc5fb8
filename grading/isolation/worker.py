"""Grades one notebook after the other with what is in an unpacked autograder zip, whose `files` it is started in.

To import Otter, to read the rubrics and to import what notebooks use takes much longer than to grade an ordinary
notebook; so that is done once. Student code runs in processes of the nursery, tests in forks of this one, as ever.
"""

from __future__ import annotations

import contextlib
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

import nbformat

from .. import __version__
from ..submission import BadSubmission
from . import autograder, jail, judge, student
from .imports import imports_of, of_the_notebook
from .limits import SETTING, Limits
from .nursery import Nursery
from .results import grading_results
from .wire import Channel, WireError


def main(number: str) -> None:
    """Serves whoever has started it: takes notebooks and returns records, until the other hangs up.

    The first message is {"version": of this package, "seconds": that a submission may take, "notes": that concern all
    submissions}. Every later one answers a notebook: the record as `autograder.plain` makes it, or {"error": why the
    notebook cannot be graded}.
    """
    signal.signal(signal.SIGTERM, _stop)
    jail.die_with_parent(signal.SIGTERM)
    parent = Channel(socket.socket(fileno=int(number)))
    files = Path.cwd()
    settings, tests = autograder.read_settings(files.parent), autograder.read_tests(files.parent)
    limits = Limits.from_settings(settings.get(SETTING, {}))  # what is wrong is better said before the first submission
    judge.cases(tests)
    _do_beforehand(tests)
    with _students(files) as (start, notes):
        parent.send({"version": __version__, "seconds": limits.total_seconds, "notes": notes})
        with contextlib.suppress(WireError):
            while True:
                _, (notebook,) = parent.receive()
                parent.send(_grade(notebook, tests, files, settings, start))


def _stop(*_: object) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a second one must not stop what the first has begun
    sys.exit("ended")  # on the way out, the student's processes are ended and their folder goes


def _do_beforehand(tests: Mapping[str, str]) -> None:
    """Imports what tests import, and reads the rubrics if they use any: every fork of this process has them then."""
    for statement in imports_of(tests.values()):
        with contextlib.suppress(Exception):  # what is wrong with a test is said where it is run
            exec(statement, {})
    if rubrics := sys.modules.get(f"{__package__.partition('.')[0]}.responses.rubric"):
        for name in rubrics.rubric_names():
            rubrics.load_rubric(name)


@contextlib.contextmanager
def _students(files: Path) -> Iterator[tuple[Callable[..., student.Process], list[str]]]:
    """What starts students' processes, and notes on that."""
    if sys.platform != "linux":  # elsewhere, a fork does not survive what libraries do at import
        yield student.start, []
        return
    with contextlib.closing(Nursery(of_the_notebook(files))) as nursery:
        refused = nursery.refused
        yield (student.start, [f"no nursery: {refused}"]) if refused else (nursery.start, [])


def _grade(
    text: bytes, tests: dict[str, str], files: Path, settings: dict[str, Any], start: Callable[..., student.Process]
) -> dict[str, Any]:
    notebook = nbformat.reads(text.decode(), as_version=4)
    try:
        record = autograder.grade(notebook, tests, files, settings, start)
    except BadSubmission as error:
        return {"error": str(error)}
    return autograder.plain(record, grading_results(record, tests))


if __name__ == "__main__":
    main(sys.argv[1])
