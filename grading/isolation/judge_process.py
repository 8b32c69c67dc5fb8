"""The supervisor's handle on the judge, which tries a student's objects."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
from collections.abc import Mapping
from pathlib import Path

from .student import Lost, StudentProcess
from .wire import Channel, WireError

_JUDGE_MIB = 512


class JudgeProcess:
    """The judge's process, forked so that tests and expected values never leave ours otherwise."""

    def __init__(self, student: StudentProcess, tests: Mapping[str, str], files: Path):
        from . import judge

        self.student = student
        ours, theirs = socket.socketpair()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                ours.close()
                judge.run(theirs, student.calls, tests, files, _JUDGE_MIB)
            finally:
                os._exit(1)
        theirs.close()
        self.channel = Channel(ours)

    def try_case(self, question: str, number: int, what: str) -> tuple[dict, str]:
        """The judge's verdict, and which limit made us interrupt the test, or "".

        Raises:
            Lost: the student's process or the judge is of no use any more.
        """
        try:
            self.channel.send({"question": question, "case": number})
        except WireError as error:
            raise Lost(f"{what} ended the judge") from error
        verdict, reason = self.student.wait(self.channel, self.student.limits.test_seconds, what)
        if verdict["alive"]:
            self.student.refuse_unasked(what)
        return verdict, reason

    def close(self) -> None:
        """Ends the judge."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.channel.close()
