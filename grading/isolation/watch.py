"""What the processes of a submission use, and how to end them all."""

from __future__ import annotations

import contextlib
import errno
import math
import os
import signal
import stat
import time
from collections.abc import Callable
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")
_DEAD = "ZX"  # states of processes that have ended
_SECONDS_TO_END = 10
_SECONDS_BETWEEN_LOOKS = 1  # at what is mapped
_SOCKET = 400_000  # bytes that the system may hold for a socket
_BLOCK = 4096  # bytes that even an empty file is counted as, so that their number is bounded as well


class ProcessTree:
    """A process and all that it has started.

    Args:
        pid: the process.
        uid: the user that it and no other process has; None if there is none. Then its descendants and its session,
            which it leads, are meant: descendants that it leaves behind are in the latter.
    """

    def __init__(self, pid: int, uid: int | None):
        self.pid, self.uid = pid, uid
        self._mapped: dict[tuple[int, int], int] = {}
        self._next_look = 0.0

    def pids(self) -> list[int]:
        """All processes of the tree that are alive."""
        if self.uid is None:
            return _descendants(self.pid)
        return [pid for pid in _all_pids() if _uid(pid) == self.uid or pid == self.pid]

    def memory(self) -> float:
        """Resident memory of all of them in MiB, shared pages counted once as far as the system tells."""
        pids = self.pids()
        resident = sum(_resident(pid) for pid in pids)
        return resident if len(pids) < 2 else min(resident, sum(_proportional(pid) for pid in pids))

    def unlinked(self) -> int:
        """Bytes of what no folder shows: deleted files and those in memory only, open or mapped, and full sockets."""
        pids = self.pids()
        if time.monotonic() > self._next_look:  # which takes the system milliseconds
            self._mapped = {place: size for pid in pids for place, size in _shared(pid).items()}
            self._next_look = time.monotonic() + _SECONDS_BETWEEN_LOOKS
        files = dict(self._mapped)
        for pid in pids:
            with contextlib.suppress(OSError), os.scandir(f"/proc/{pid}/fd") as entries:
                for entry in entries:
                    with contextlib.suppress(OSError):
                        found = entry.stat()
                        if stat.S_ISREG(found.st_mode) and not found.st_nlink:
                            files[found.st_dev, found.st_ino] = found.st_size
                        elif stat.S_ISSOCK(found.st_mode):
                            files[found.st_dev, found.st_ino] = _SOCKET
        return sum(files.values())

    def interrupt(self) -> None:
        """Raises KeyboardInterrupt in the process, as Ctrl+C would."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGINT)

    def end(self) -> None:
        """Kills all of them, however fast they start new ones."""
        until = time.monotonic() + _SECONDS_TO_END
        while self.uid is None and (alive := self.pids()) and time.monotonic() < until:
            for pid in alive:
                _kill(pid)
        _kill(self.pid)  # where there is no /proc, nothing is known of any other
        # where Landlock does not keep signals in, they can stop the killer before it has done its work
        for _ in range(0 if self.uid is None else 5):
            if _killed_by(_kill_all_of, self.uid):
                return


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGKILL)


def _killed_by(step: Callable[..., object], *arguments: object) -> bool:
    """Runs a step in a process of its own; False if that did not end within two seconds and was killed."""
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            step(*arguments)
        os._exit(0)
    until = time.monotonic() + 2
    while time.monotonic() < until:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return status == 0
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def _kill_all_of(uid: int) -> None:
    os.setgroups([])
    os.setresuid(uid, uid, uid)  # as that user, one call reaches all its processes at once
    for _ in range(50):  # what has been killed counts until it is reaped, so this never fails
        os.kill(-1, signal.SIGKILL)
        time.sleep(0.001)


def size(folder: Path) -> float:
    """Bytes of all files below the folder; links are not followed. Infinite if folders are nested beyond all paths."""
    total, folders = 0, [str(folder)]
    while folders:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    with contextlib.suppress(OSError):
                        if entry.is_dir(follow_symlinks=False):
                            folders.append(entry.path)
                        total += max(entry.stat(follow_symlinks=False).st_size, _BLOCK)
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                return math.inf
    return total


def _all_pids() -> list[int]:
    with contextlib.suppress(OSError):
        return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return []


def _uid(pid: int) -> int:
    """The real user; the owner of /proc/PID would be root where nobody may look into the process."""
    with contextlib.suppress(OSError, IndexError, ValueError):
        return int(Path(f"/proc/{pid}/status").read_text(errors="replace").partition("\nUid:")[2].split()[0])
    return -1


def _descendants(pid: int) -> list[int]:
    """The process, what has descended from it, and the rest of its session; not those that wait to be reaped."""
    parents, tree = {}, set()
    for other in _all_pids():
        with contextlib.suppress(OSError, IndexError, ValueError):
            text = Path(f"/proc/{other}/stat").read_text(errors="replace")  # the name is what the process says
            state, parent, _, session = text.rpartition(")")[2].split()[:4]
            if state not in _DEAD:
                parents[other] = int(parent)
                if pid in (other, int(session)):
                    tree.add(other)
    while more := {other for other, parent in parents.items() if parent in tree} - tree:
        tree |= more
    return sorted(tree)


def _shared(pid: int) -> dict[tuple[int, int], int]:
    """Device and inode of what the process maps and shares, but no folder shows -> bytes, in memory or not."""
    found: dict[tuple[int, int], int] = {}
    try:
        lines = Path(f"/proc/{pid}/maps").read_text(errors="replace").splitlines()
    except OSError:
        return found
    for line in lines:
        if line.endswith(" (deleted)"):
            span, rights, offset, device, inode = line.split()[:5]
            start, end = (int(number, 16) for number in span.split("-"))
            if rights[3] == "s":
                place = os.makedev(*(int(number, 16) for number in device.split(":"))), int(inode)
                found[place] = max(found.get(place, 0), int(offset, 16) + end - start)
    return found


def _resident(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 2**20
    except (OSError, IndexError):
        return 0


def _proportional(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    except OSError:
        return _resident(pid)
