"""The supervisor's handle on the process that runs a student's notebook."""

from __future__ import annotations

import contextlib
import os
import pwd
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from .limits import Limits
from .watch import ProcessTree, size
from .wire import Channel, WireError

PACKAGE = Path(__file__).resolve().parents[1]
INSTRUCTORS_ONLY = ("grading", "assignment")  # support files that student code must not see
_SYSTEM = (
    "/usr", "/lib", "/lib64", "/bin", "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat",
    "/sys/devices/system", "/dev/urandom", "/dev/zero",
    # not all of /etc: where this process may read what belongs to root, it could read passwords as well
    *(f"/etc/{name}" for name in (
        "alternatives", "fonts", "group", "host.conf", "hosts", "inputrc", "ld.so.cache", "ld.so.conf", "ld.so.conf.d",
        "localtime", "locale.alias", "magic", "mime.types", "nsswitch.conf", "os-release", "passwd", "protocols",
        "resolv.conf", "services", "ssl/certs", "ssl/openssl.cnf", "terminfo", "timezone",
    )),
)  # fmt: skip
_LARGEST_REPLY = 2**20  # bytes that the process may say of a cell
_MOST_READS = 64  # of its output at a time: it could print faster than we read
_TICK = 0.1  # seconds between two looks at what is used
_SECONDS_TO_START = 60
_UNASKED = "sent messages that nobody had asked for"
_FIRST_UID, _UIDS = 20_000, 40_000


class Lost(Exception):
    """The process has ended or was ended; the message says why."""


class OutOfTime(Exception):
    """The submission has had its time, so that nothing of it is run any more."""


class Process(Protocol):
    """What is needed of `subprocess.Popen`."""

    pid: int

    def wait(self, timeout: float) -> int: ...


def start(folder: Path, control: int, calls: int, output: int) -> Process:
    """Starts an agent.

    Args:
        folder: of the submission.
        control, calls, output: file descriptors for the process: two connections, and where it prints.
    """
    command = [sys.executable, "-m", f"{__package__}.agent", str(control), str(calls)]
    return subprocess.Popen(
        command, cwd=folder, env=environment(folder), start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=output, stderr=output, pass_fds=(control, calls),
    )  # fmt: skip


class StudentProcess:
    """One process that runs cells and answers the judge, in a folder of its own that goes when it goes.

    Args:
        files: the instructor's support files, of which it gets a copy without `INSTRUCTORS_ONLY`.
        limits: what it may use.
        deadline: on the monotonic clock; nothing runs longer.
        start: makes the process.
    """

    def __init__(self, files: Path, limits: Limits, deadline: float, start: Callable[..., Process] = start):
        self.limits, self.deadline = limits, deadline
        self.folder = Path(tempfile.mkdtemp(prefix="submission-"))
        with contextlib.ExitStack() as ours, contextlib.ExitStack() as theirs:  # ours go only if it cannot be started
            ours.callback(_remove, self.folder)
            self.uid: int | None = None
            self._claim: socket.socket | None = None
            if os.geteuid() == 0 and _may_give_away(self.folder):
                self.uid, self._claim = _own_uid()
                ours.callback(self._claim.close)
            _hand_over(files, self.folder, self.uid)
            (control, its_control), (self.calls, its_calls) = socket.socketpair(), socket.socketpair()
            reading, writing = os.pipe()
            for end in (control, self.calls):  # of the latter, this is the judge's end
                ours.callback(end.close)
            ours.callback(os.close, reading)
            for end in (its_control, its_calls):
                theirs.callback(end.close)
            theirs.callback(os.close, writing)
            self.process = start(self.folder, its_control.fileno(), its_calls.fileno(), writing)
            ours.pop_all()
        os.set_blocking(reading, False)
        self.printed, self._output, self._outputs = 0, reading, [reading]
        self.running = 0  # Python threads and processes after the last cell
        self.control, self.tree = Channel(control, _LARGEST_REPLY), ProcessTree(self.process.pid, self.uid)
        self._settings = {
            "uid": self.uid, "folder": str(self.folder), "package": str(PACKAGE.parent),
            "read": [*_SYSTEM, sys.prefix, sys.base_prefix, str(Path(__file__).parent)],
            "write": [str(self.folder), "/dev/null"],
            "memory_mib": limits.memory_mib, "processes": limits.processes, "file_mib": limits.file_mib,
        }  # fmt: skip
        with contextlib.suppress(WireError):
            self.control.send(self._settings)

    def ready(self) -> dict[str, str]:
        """Waits until it can take cells.

        Returns:
            The protections that the system has refused, with reasons.

        Raises:
            Lost: it cannot be started.
        """
        reply, _ = self.wait(self.control, _SECONDS_TO_START, "starting the notebook")
        self.running = reply["threads"] + len(self.tree.pids())
        return reply["refused"]

    def run(self, source: str, what: str) -> tuple[dict | None, str]:
        """Runs a cell.

        Returns:
            Its error as plain data, or None; and which limit made it stop, or "".

        Raises:
            Lost: it has ended the process, or the process had to be ended.
        """
        ticket = os.urandom(8).hex()
        self._send({"cell": source, "ticket": ticket})
        reply, reason = self.wait(self.control, self.limits.cell_seconds, what)
        asked_for = isinstance(reply, dict) and reply.get("ticket") == ticket
        threads = reply.get("threads") if asked_for else None
        if type(threads) is not int:
            raise Lost(f"{what} {_UNASKED}")
        self.refuse_unasked(what)
        self.running = threads + len(self.tree.pids())
        return reply.get("error"), reason

    def refuse_unasked(self, what: str) -> None:
        """Makes sure that nothing is waiting to be read, which would pass for an answer to what is asked next.

        Raises:
            Lost: there is something.
        """
        ends: list[Channel | socket.socket] = [self.control, self.calls]
        if select.select(ends, [], [], 0)[0]:
            raise Lost(f"{what} {_UNASKED}")

    def _send(self, message: dict) -> None:
        try:
            self.control.send(message, timeout=self.limits.grace_seconds)
        except WireError as error:
            raise Lost("the notebook's process has ended") from error

    def wait(self, channel: Channel, seconds: float, what: str) -> tuple[Any, str]:
        """The next message on a channel, while all limits are watched.

        Args:
            channel: of this process, or of the judge that is calling it.
            seconds: what is allowed.
            what: is running, for messages.

        Returns:
            The message, and which limit made us interrupt what was running, or "".

        Raises:
            Lost: the process has ended, did not react to the interrupt, or its connection is of no use any more.
            OutOfTime: there is no time left for the submission.
        """
        began, looked, reason, patience = time.monotonic(), 0.0, "", 0.0
        self.printed = 0
        while True:
            watched: list[Channel | int] = [channel, *self._outputs]
            ready, _, _ = select.select(watched, [], [], _TICK)
            if self._output in ready:
                self._drain()
            if channel in ready:
                try:
                    message, _ = channel.receive(self.limits.grace_seconds)
                    if reason and (self._overfull(what) or len(self.tree.pids()) > 1):
                        raise Lost(reason)  # it has stopped, but what it has taken or started is still there
                    return message, reason
                except (WireError, TimeoutError) as error:
                    raise Lost(reason or f"{what} ended the notebook's process{self._how()}") from error
            now = time.monotonic()
            if now > self.deadline:
                self.tree.end()
                raise OutOfTime(f"the notebook took longer than {self.limits.total_seconds:,.0f} seconds in all")
            if now - looked > 2 * _TICK:
                looked = now
                exceeded = self._exceeded(now - began, seconds, what)
                if exceeded and not reason:
                    if now - began > seconds:
                        self.limits = self.limits.after_a_timeout()
                    reason, patience = exceeded, now + self.limits.grace_seconds
                    self.tree.interrupt()
            if reason and now > patience:
                self.tree.end()
                raise Lost(reason)

    def _exceeded(self, seconds: float, allowed: float, what: str) -> str:
        if seconds > allowed:
            return f"{what} took longer than {allowed:.0f} seconds"
        if self.printed > self.limits.output_mib * 2**20:
            return f"{what} printed more than {self.limits.output_mib} MiB"
        return self._overfull(what)

    def _overfull(self, what: str) -> str:
        if (used := self.tree.memory()) > self.limits.memory_mib:
            return f"{what} used {used:,.0f} MiB of memory, {self.limits.memory_mib:,} MiB are allowed"
        if (used := (size(self.folder) + self.tree.unlinked()) / 2**20) > 10 * self.limits.file_mib:
            return f"{what} wrote {used:,.0f} MiB of files, {10 * self.limits.file_mib:,} MiB are allowed"
        return ""

    def _drain(self) -> None:
        with contextlib.suppress(BlockingIOError):
            for _ in range(_MOST_READS):
                data = os.read(self._output, 2**16)
                self.printed += len(data)
                if not data:  # it has closed its end; to wait for more would be to wait for nothing, busily
                    self._outputs = []
                    break

    def _how(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = self.process.wait(1)
            return f" (signal {-code})" if code < 0 else f" (exit status {code})"
        return ""

    def close(self) -> None:
        """Ends all its processes and removes its folder."""
        self.tree.end()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(10)
        self.control.close()
        self.calls.close()
        os.close(self._output)
        if self._claim:
            self._claim.close()
        _remove(self.folder)


def _remove(folder: Path) -> None:
    subprocess.run(["rm", "-rf", "--", folder], stderr=subprocess.DEVNULL, check=False)  # at any depth


def _hand_over(files: Path, folder: Path, uid: int | None) -> None:
    """Copies the support files, for the student's user alone."""
    for path in files.iterdir() if files.is_dir() else ():
        if path.name not in INSTRUCTORS_ONLY:
            (shutil.copytree if path.is_dir() else shutil.copy)(path, folder / path.name)
    (folder / ".tmp").mkdir()
    if uid is not None:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, uid, uid)


def _may_give_away(folder: Path) -> bool:
    """Gives it to another user; some containers deny that even to root."""
    try:
        os.chown(folder, _FIRST_UID, _FIRST_UID)
    except OSError:
        return False
    return True


def environment(folder: Path) -> dict[str, str]:
    """Nothing of ours but what programs need to run; no token, no path to the tests."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH") if name in os.environ}
    return {
        **kept,
        "HOME": str(folder / ".tmp"),
        "TMPDIR": str(folder / ".tmp"),
        "PYTHONPATH": str(PACKAGE.parent),
        "PYTHONDONTWRITEBYTECODE": "1",
        "MPLBACKEND": "Agg",
        "OMP_NUM_THREADS": "2",
        "TF_NUM_INTRAOP_THREADS": "2",
        "TF_NUM_INTEROP_THREADS": "2",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "OPENBLAS_NUM_THREADS": "1",  # results do not depend on how many processors there are, and no import starts one
        "TF_ENABLE_ONEDNN_OPTS": "0",  # as the notebook sets it, which is too late where TensorFlow is there already
    }


def _own_uid() -> tuple[int, socket.socket]:
    """A user id that has no name and no process, and what must stay open so that no other supervisor takes it."""
    known = {entry.pw_uid for entry in pwd.getpwall()}
    start = int.from_bytes(os.urandom(4), "big")
    for step in range(_UIDS):
        uid = _FIRST_UID + (start + step) % _UIDS
        claim = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        with contextlib.suppress(OSError):  # the name is taken
            if sys.platform == "linux":
                claim.bind(f"\0submission-{uid}")  # in no folder, and gone when we are
            if uid not in known and not ProcessTree(-1, uid).pids():
                return uid, claim
        claim.close()
    raise Lost("there is no unused user id")
