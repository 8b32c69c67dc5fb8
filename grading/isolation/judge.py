"""The process that runs Otter's test cases on proxies. It holds tests, expected values, rubrics; no student's code."""

from __future__ import annotations

import contextlib
import io
import os
import socket
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path

from otter.test_files.abstract_test import TestCase
from otter.test_files.exception_test import ExceptionTestFile

from . import jail
from .proxies import Gone, Session
from .wire import Channel, WireError

_LONGEST = 4_000  # characters of what is said of a test


def cases(tests: Mapping[str, str]) -> dict[str, list[TestCase]]:
    """Otter's test cases of every question.

    Raises:
        ValueError: a test file is not of the exception-based kind, the only one that works across processes.
    """
    return {name: test_file(name, source).test_cases for name, source in tests.items()}


def test_file(name: str, source: str) -> ExceptionTestFile:
    """Otter's test file; see `cases` for what it raises."""
    if "OK_FORMAT = True" in source:
        raise ValueError(f"the tests of {name} are doctests (`ok_format: true`), which need the student's own process")
    return ExceptionTestFile.from_string(source, f"{name}.py")


def run(control: socket.socket, calls: socket.socket, tests: Mapping[str, str], folder: Path, memory_mib: int) -> None:
    """Serves the supervisor until it hangs up; meant for a forked child, which it ends.

    Args:
        control: takes {"question": name, "case": number} and answers each with a verdict.
        calls: leads to the student's process.
        tests: question -> source of its test file.
        folder: the instructor's files, which tests import and read; the submission's own are never used.
        memory_mib: of this process.
    """
    jail.die_with_parent()
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    jail.limit(memory_mib, file_mib=1)
    supervisor, session = Channel(control), Session(Channel(calls))
    files: dict[str, ExceptionTestFile] = {}
    with contextlib.suppress(WireError):
        while True:
            order, _ = supervisor.receive()
            name = order["question"]
            if name not in files:
                files[name] = test_file(name, tests[name])
            supervisor.send(verdict(files[name], order["case"], session))
    os._exit(0)


def verdict(file: ExceptionTestFile, number: int, session: Session) -> dict:
    """What became of one test case.

    Returns:
        passed; message: what a passed test returns, if it is a text, or what Otter says of a failed one; meant: whether
        the test has chosen these words; place: the line of the test that failed; asked: whether the student's process
        has been sent anything of the test; alive: whether that process can still be used.
    """
    case = file.test_cases[number].body
    session.asked = False
    passed, place, message, meant, alive = False, "", "", True, True
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            try:
                given = {name: session.get(name) for name in case._get_func_params() if name != "env"}
                returned = case.test_func(**given)
                passed, message = True, returned[:_LONGEST] if isinstance(returned, str) else ""
            except Exception as error:
                meant = isinstance(error, AssertionError)
                place, message = _place_and_message(file, error)
    except Gone:
        alive, message = False, "the notebook's process ended in this test"
    asked = session.asked
    if alive:
        try:
            session.forget()
        except Gone:
            alive = False
    return {"passed": passed, "place": place, "message": message, "meant": meant, "asked": asked, "alive": alive}


def _place_and_message(file: ExceptionTestFile, error: Exception) -> tuple[str, str]:
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == file.path and frame.lineno
    ]
    place = f"Error at line {lines[0]} in test {file.name}:\n  {file.source_lines[lines[0] - 1]}\n" if lines else ""
    try:
        text = str(error)
    except Exception as trouble:  # it quotes an object of the submission, which is asked for its text only now
        text = f"(its message cannot be read: {type(trouble).__name__})"
    return place, f"{type(error).__name__}: {text[:_LONGEST]}"
