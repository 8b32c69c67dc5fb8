"""Students' processes by fork from one that has imported what notebooks use, which takes TensorFlow and others seconds.

The nursery has the rights of the supervisor, as a student's process has when it starts, but never runs a student's code
and never holds a test, a rubric or a result: there is nothing that one submission could leave in it for the next. It
forks before it has any thread but one, and what it forks goes on as `agent.main`, which gives up all rights.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from . import agent, jail
from .student import PACKAGE, environment

_SECONDS_TO_IMPORT = 300  # from a cold disk, beside other processes that do the same
_SECONDS_TO_FORK = 30
_LARGEST = 2**16  # bytes of a message


class Nursery:
    """The supervisor's handle; its method `start` makes a process of a student, one at a time.

    Args:
        imports: statements, such as `import keras`, for what is imported beforehand; what fails is left out.

    Attributes:
        refused: why it cannot be used, or "".
    """

    def __init__(self, imports: Sequence[str] = ()):
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._home = Path(tempfile.mkdtemp(prefix="nursery-"))
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"{__package__}.nursery", str(theirs.fileno())], cwd=PACKAGE.parent,
            env=environment(self._home), start_new_session=True, pass_fds=(theirs.fileno(),),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        theirs.close()
        self._last: _Forked | None = None
        try:
            self._control.send(json.dumps(list(imports)).encode())
            self.refused = self._receive(_SECONDS_TO_IMPORT)["refused"]
        except (OSError, ValueError) as error:
            self.refused = f"it has ended: {error}"
        except BaseException:  # such as the end of a worker that is stopped meanwhile
            self.close()
            raise

    def start(self, folder: Path, control: int, calls: int, output: int) -> _Forked:
        """Forks the process of a student; see `student.start`, which does the same from scratch.

        Raises:
            RuntimeError: it cannot; the nursery is of no use any more.
        """
        try:
            if self._last:
                self._last.wait(_SECONDS_TO_FORK)
            socket.send_fds(self._control, [str(folder).encode()], [control, calls, output])
            self._last = _Forked(self._receive(_SECONDS_TO_FORK)["pid"], self._receive)
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            raise RuntimeError(f"the nursery cannot start a process: {error}") from error
        return self._last

    def _receive(self, seconds: float) -> dict:
        self._control.settimeout(seconds)
        return json.loads(self._control.recv(_LARGEST))  # nothing, at the end of the connection, is no JSON

    def close(self) -> None:
        """Ends it; what it has forked ends with it."""
        self._process.kill()
        self._process.wait()
        self._control.close()
        shutil.rmtree(self._home, ignore_errors=True)


class _Forked:
    """A process of a student, as far as `subprocess.Popen` would be used of it."""

    def __init__(self, pid: int, receive: Callable[[float], dict]):
        self.pid, self._receive = pid, receive
        self._code: int | None = None

    def wait(self, timeout: float) -> int:
        """Its exit status, negative after a signal.

        Raises:
            subprocess.TimeoutExpired: it is still running.
        """
        if self._code is None:
            try:
                self._code = self._receive(timeout)["status"]
            except TimeoutError as error:
                raise subprocess.TimeoutExpired("a student's process", timeout) from error
            except (OSError, ValueError):  # the nursery has ended, and with it what it had forked
                self._code = -9
        return self._code


def main(number: str) -> None:
    """Imports what the first message says, then forks for every later one; ends when the supervisor hangs up."""
    jail.die_with_parent()
    control = socket.socket(fileno=int(number))
    _import(json.loads(control.recv(_LARGEST)))
    gc.collect()
    gc.freeze()  # what is there already stays in pages that all share
    threads = len(list(Path("/proc/self/task").iterdir()))
    control.send(json.dumps({"refused": f"imports have started {threads - 1} threads" if threads > 1 else ""}).encode())
    while True:
        folder, handles, _, _ = socket.recv_fds(control, _LARGEST, 3)
        if not folder:
            return
        pid = os.fork()
        if pid == 0:
            try:
                control.close()
                _go_on_as_agent(Path(folder.decode()), *handles)
            finally:
                os._exit(1)
        for handle in handles:
            os.close(handle)
        control.send(json.dumps({"pid": pid}).encode())
        control.send(json.dumps({"status": _exit_status(pid)}).encode())
        if not control.recv(1, socket.MSG_PEEK):
            return
        os.waitpid(pid, 0)  # only now: while others of its tree are being ended, nobody may get its number


def _exit_status(pid: int) -> int:
    """Waits until a process has ended, which goes on having its number; after a signal the status is negative."""
    ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert ended is not None  # it is only with WNOHANG
    return ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status


def _import(statements: Sequence[str]) -> None:
    import IPython.core.interactiveshell  # noqa: F401

    for statement in statements:
        with contextlib.suppress(Exception):
            exec(statement, {})


def _go_on_as_agent(folder: Path, control: int, calls: int, output: int) -> None:
    """What differs from a process that starts from scratch: its session, output, environment and chance."""
    os.setsid()
    for stream in (1, 2):
        os.dup2(output, stream)
    os.close(output)
    os.environ.update(environment(folder))
    tempfile.tempdir = None  # has been looked up in the nursery's environment
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()  # `random` does so itself
    agent.main(str(control), str(calls))


if __name__ == "__main__":
    main(sys.argv[1])
