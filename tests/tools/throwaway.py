"""A machine to throw away: runs a command where nothing that it does survives, for attacks without our sandbox.

The command runs as root, as stock Otter does in its container, but in namespaces of its own: its processes end with it,
it has no network but its own loopback, and every file it changes is changed in memory only. Of the machine's files it
sees none in homes and temporary folders but Python and this repository. It has the rights of an ordinary container
but for those to make devices and to change its root. How much it uses is watched from outside.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import platform
import resource
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grading.isolation.watch import ProcessTree

ROOT = Path(__file__).resolve().parents[2]
_SHOWN = ("bin", "etc", "lib", "lib64", "sbin", "usr", "var")  # of the root folder; Python and this repository are too
_DEVICES = ("null", "zero", "full", "random", "urandom")
_RIGHTS = (
    "chown", "dac_override", "fowner", "fsetid", "kill", "setgid", "setuid", "setpcap", "setfcap", "net_bind_service",
    "net_raw", "audit_write",
)  # fmt: skip
_DISK_MIB, _MEMORY_MIB, _PROCESSES = 3_072, 6_144, 1_000
_LEFT_TO_OTHERS_MIB = 4_096  # what memory-only files take is in no process; the machine's free memory tells
_PROCESSES_PER_NAMESPACE = (6, 14)  # the Linux from which on each PID namespace has a limit of its own
_SIOCSIFFLAGS, _UP_AND_RUNNING = 0x8914, 0x41


def what_is_lacking(*programs: str) -> str:
    """What this machine lacks to run something in namespaces with these programs, or ""."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "needs root on Linux"
    missing = [name for name in programs if not shutil.which(name)]
    return f"needs {', '.join(missing)}" if missing else ""


def why_not() -> str:
    """Why there can be no such machine here, or ""."""
    if lacking := what_is_lacking("unshare", "mount", "pivot_root", "setpriv"):
        return lacking
    output, ended = run(["echo", "works"], seconds=20)
    return "" if output == "works\n" else ended or "mounts and namespaces are refused"


def run(command: list[str], seconds: float) -> tuple[str, str]:
    """Runs a command on a machine of its own.

    Args:
        command: with absolute paths.
        seconds: allowed, not counting what it spends waiting for a processor that others use.

    Returns:
        What it has printed, and why it was ended, or "".
    """
    with tempfile.TemporaryDirectory() as base, tempfile.TemporaryFile("w+") as output:
        inside = [sys.executable, str(Path(__file__).resolve()), base, *command]
        process = subprocess.Popen(
            ["unshare", "--mount", "--pid", "--net", "--ipc", "--uts", "--fork", "--kill-child", *inside],
            stdin=subprocess.DEVNULL, stdout=output, start_new_session=True,
        )  # fmt: skip
        family, clock, why = ProcessTree(process.pid, None), _FairClock(), ""
        try:
            while not why and process.poll() is None:
                time.sleep(0.2)
                why = f"not ended after {seconds:.0f} s" if clock.look(family) > seconds else _too_much(family)
        finally:
            for pid in family.pids():  # with the first process of a namespace all others end
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            process.wait()
        output.seek(0)
        return output.read(2**20), why


class _FairClock:
    """Seconds without those in which a process of a family was ready to run but others had the processors."""

    def __init__(self):
        self._seconds, self._last, self._waited = 0.0, time.monotonic(), {}

    def look(self, family: ProcessTree) -> float:
        """Seconds until now; to be called often."""
        longest = 0.0
        for pid in family.pids():
            with contextlib.suppress(OSError, ValueError, IndexError):
                waited = int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / 1e9
                longest = max(longest, waited - self._waited.get(pid, waited))
                self._waited[pid] = waited
        passed, self._last = time.monotonic() - self._last, time.monotonic()
        self._seconds += max(passed - longest, 0)
        return self._seconds


def _too_much(family: ProcessTree) -> str:
    if len(family.pids()) > 0.9 * _PROCESSES:
        return f"more than {0.9 * _PROCESSES:.0f} processes"
    if family.memory() > _MEMORY_MIB or _free_mib() < _LEFT_TO_OTHERS_MIB:
        return f"more than {_MEMORY_MIB:,} MiB of memory"
    return ""


def _free_mib() -> float:
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable:")) / 1024


def _become_the_machine(base: Path) -> None:
    """Puts this process, the first of its namespaces, on a copy of all files that lives in memory."""
    _mount("-t", "tmpfs", "-o", f"size={_DISK_MIB}m", "tmpfs", base)
    new = base / "new"
    _copy_on_write(Path("/"), new, base / "changes")
    folders = [path for path in Path("/").iterdir() if path.is_dir() and not path.is_symlink()]
    for path in [path for path in folders if path.name not in _SHOWN] + [Path("/var/tmp")]:
        _mount("-t", "tmpfs", "-o", f"size={_DISK_MIB}m,mode=1777", "tmpfs", f"{new}{path}")
    for number, kept in enumerate((ROOT, Path(sys.base_prefix).resolve())):
        if kept.parts[1] not in _SHOWN:
            _copy_on_write(kept, Path(f"{new}{kept}"), base / f"changes-{number}")
    _mount("-t", "proc", "proc", new / "proc")
    if tuple(map(int, platform.release().split(".")[:2])) >= _PROCESSES_PER_NAMESPACE:
        (new / "proc/sys/kernel/pid_max").write_text(str(_PROCESSES))
    _mount("--bind", new / "proc/sys", new / "proc/sys")
    _mount("-o", "remount,bind,ro", new / "proc/sys")
    if (new / "proc/sysrq-trigger").exists():
        _mount("--bind", "/dev/null", new / "proc/sysrq-trigger")
    _mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", new / "dev")  # no disks
    for name in _DEVICES:
        (new / "dev" / name).touch()
        _mount("--bind", f"/dev/{name}", new / "dev" / name)
    (new / "dev" / "shm").mkdir()
    _mount("-t", "tmpfs", "-o", "size=256m,mode=1777", "tmpfs", new / "dev" / "shm")
    (new / "old").mkdir()
    subprocess.run(["pivot_root", new, new / "old"], check=True)
    os.chdir("/")
    subprocess.run(["umount", "--lazy", "/old"], check=True)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", _UP_AND_RUNNING))


def _copy_on_write(lower: Path, at: Path, changes: Path) -> None:
    for folder in (at, changes / "upper", changes / "work"):
        folder.mkdir(parents=True)
    options = f"lowerdir={lower},upperdir={changes / 'upper'},workdir={changes / 'work'}"
    _mount("-t", "overlay", "-o", options, "overlay", at)


def _mount(*arguments: str | Path) -> None:
    subprocess.run(["mount", *arguments], check=True)


def main(base: str, *command: str) -> None:
    """Inside the new namespaces: becomes the machine, gives up what no container has, and runs the command."""
    _become_the_machine(Path(base))
    for name, value in (("RLIMIT_FSIZE", 2**30), ("RLIMIT_DATA", 8 * 2**30), ("RLIMIT_CORE", 0)):
        resource.setrlimit(getattr(resource, name), (value, value))
    rights = ",".join(["-all", *(f"+{name}" for name in _RIGHTS)])
    os.execvp("setpriv", ["setpriv", f"--bounding-set={rights}", "--inh-caps=-all", *command])


if __name__ == "__main__":
    main(*sys.argv[1:])
