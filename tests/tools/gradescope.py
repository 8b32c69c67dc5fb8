"""Does with an autograder zip what Gradescope does, without Docker: makes the image, then grades submissions in it.

    python tests/tools/gradescope.py autograder/theory.zip SUBMISSION … [--cpus 0.5 --memory 768] [--base bookworm]

A submission is a file or a folder of files. The steps and their order are Gradescope's: the zip is unpacked into
/autograder/source, run_autograder copied beside it, setup.sh run as root; for every submission there are fresh folders
submission/ and results/ and submission_metadata.json, then ./run_autograder runs. Commands run in a chroot with an
overlay on top, in namespaces of their own with the rights of a Docker container, so that no mount, process or file is
left behind. What is missing of Docker: its filter of system calls. Grading has no network at all.

A small system from debootstrap and the images lie in the user's cache; an image is made again when setup.sh or the
requirements change. Remove the folder to have all made again.

It needs root on Linux and installs debootstrap where apt can.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import json
import math
import os
import re
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from throwaway import what_is_lacking

from grading.isolation.watch import ProcessTree

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "attention-assignment"
BASE, BASES = "bookworm", {"bookworm": "main", "jammy": "main,universe", "noble": "main,universe"}  # -> parts of it
_UBUNTU = "http://archive.ubuntu.com/ubuntu"
_UBUNTUS_KEYRING = (  # not every Debian has it
    f"{_UBUNTU}/pool/main/u/ubuntu-keyring/ubuntu-keyring_2021.03.26_all.deb",
    "0d0e7ed6b112f5d03eabf3c7eb01ebdacf9c57714b279e90495cfc58c8c4520f",
)
_RIGHTS = (
    "chown", "dac_override", "fowner", "fsetid", "kill", "setgid", "setuid", "setpcap", "net_bind_service", "net_raw",
    "sys_chroot", "mknod", "audit_write", "setfcap",
)  # fmt: skip
_DEVICES = ("null", "zero", "full", "random", "urandom")
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_WEIGHT = 6  # of a limited command against others on this machine: Gradescope's sizes are promises
_TICK = 0.1  # seconds between two looks at a command
_METADATA = {  # as Gradescope documents it
    "id": 123456,
    "created_at": "2026-07-01T14:22:32.365935-07:00",
    "assignment": {
        "due_date": "2026-07-31T23:00:00.000000-07:00",
        "group_size": None,
        "group_submission": False,
        "id": 25828,
        "course_id": 1234,
        "late_due_date": None,
        "release_date": "2026-06-02T00:00:00.000000-07:00",
        "title": "Attention-based Models and Transfer Learning",
        "total_points": "20.0",
    },
    "submission_method": "upload",
    "users": [{"email": "student@example.com", "id": 1234, "name": "Student User"}],
    "previous_submissions": [],
}


class CannotRun(Exception):
    """The image cannot be made; the message says why."""


@dataclass(frozen=True)
class Size:
    """What a container may use. What is infinite is not limited."""

    cpus: float
    memory_mib: float
    seconds: float


SMALLEST = Size(0.5, 768, 600)  # of Gradescope's, and what it gives if nobody asks for more


@dataclass(frozen=True)
class Ended:
    """What came of a command: exit status, what it printed, time by the clock and of the processor, the most memory
    that all its processes had at once, why it was ended ("" if it ended by itself), and what was not limited.
    """

    status: int
    output: str
    seconds: float
    cpu_seconds: float
    peak_mib: float
    why: str = ""
    not_limited: str = ""


@dataclass(frozen=True)
class Image:
    """A system made for an autograder: folder over base. What making it took and what it takes: see `image`."""

    archive: Path
    folder: Path
    base: Path
    seconds: float
    cpu_seconds: float
    mib: float


@dataclass
class Graded:
    """What came of a submission: results.json, whatever is wrong with it, and how the command ended."""

    ended: Ended
    results: dict[str, Any] | None
    problems: list[str] = field(default_factory=list)

    @property
    def points(self) -> float:
        """The total that Gradescope shows to instructors."""
        results = self.results or {}
        scores = [test["score"] for test in results.get("tests", []) if "score" in test]
        return results["score"] if "score" in results else sum(scores)

    @property
    def hide_the_total(self) -> list[str]:
        """The tests because of which students do not see their total: a single hidden one is enough."""
        return [test.get("name", "") for test in (self.results or {}).get("tests", []) if _is_hidden(test)]

    @property
    def output(self) -> str:
        """All that students can read in it."""
        tests = (self.results or {}).get("tests", [])
        return "\n".join(test.get("output", "") for test in tests if not _is_hidden(test))


def _is_hidden(test: dict[str, Any]) -> bool:
    return test.get("visibility") == "hidden"


def why_not() -> str:
    """Why this machine cannot do it, or ""."""
    if lacking := what_is_lacking("unshare", "mount", "chroot", "setpriv"):
        return lacking
    if not shutil.which("debootstrap") and not shutil.which("apt-get"):
        return "needs debootstrap"
    with tempfile.TemporaryDirectory() as folder:
        steps = [_overlay(Path(folder), [Path("/usr/share")]), ["ls", f"{folder}/root"]]
        done = subprocess.run(_in_namespaces(steps), capture_output=True, text=True)
    return f"mounts and namespaces are refused: {done.stderr.strip()}" if done.returncode else ""


def base_system(suite: str = BASE) -> Path:
    """A small system as debootstrap makes it, made once.

    Raises:
        CannotRun: with debootstrap's last words.
    """
    folder = CACHE / f"base-{suite}"
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "base.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if folder.exists():
            return folder
        if not shutil.which("debootstrap"):
            apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
            _call([*apt, "update"])
            _call([*apt, "install", "--yes", "--no-install-recommends", "debootstrap"])
        with tempfile.TemporaryDirectory(dir=CACHE) as work:
            new = Path(work) / "base"
            chosen = ["--variant=minbase", f"--components={BASES[suite]}", "--include=ca-certificates"]
            where = _mirror(suite)
            if suite != BASE:
                chosen.append(f"--keyring={_ubuntus_keyring(Path(work))}")
                where = [_UBUNTU, "/usr/share/debootstrap/scripts/gutsy"]  # the one script for all Ubuntus
            _call(["debootstrap", *chosen, suite, str(new), *where])
            new.rename(folder)
    return folder


def _ubuntus_keyring(folder: Path) -> Path:
    address, digest = _UBUNTUS_KEYRING
    with urllib.request.urlopen(address, timeout=60) as reply:
        package = reply.read()
    if hashlib.sha256(package).hexdigest() != digest:
        raise CannotRun(f"{address} is not the keyring that it was")
    (folder / "keyring.deb").write_bytes(package)
    _call(["dpkg", "-x", str(folder / "keyring.deb"), str(folder)])
    return folder / "usr" / "share" / "keyrings" / "ubuntu-archive-keyring.gpg"


def image(archive: Path, suite: str = BASE) -> Image:
    """The image of an autograder zip, with the seconds that setup.sh took and the MiB of files in it.

    Raises:
        CannotRun: setup.sh failed; with its last words.
    """
    base, folder = base_system(suite), CACHE / f"image-{suite}-{archive.stem}"
    about = folder / "about.json"
    made_from = _what_setup_reads(archive)
    if not about.exists() or json.loads(about.read_text())["made_from"] != made_from:
        with _folder() as work:
            _unpack(archive, work / "upper")
            shared, environment = _registries()
            command, size = ["bash", "/autograder/source/setup.sh"], Size(math.inf, math.inf, 3600)
            ended = _run(work, [base], command, size, "/autograder/source", shared, environment)
            if ended.status or ended.why:
                raise CannotRun(f"setup.sh failed{ended.why and f' ({ended.why})'}: {ended.output[-2000:]}")
            _remove(work / "upper" / "autograder")  # every submission gets it anew
            mib = _mib(base) + _mib(work / "upper")
            facts = {"made_from": made_from, "seconds": ended.seconds, "cpu_seconds": ended.cpu_seconds, "mib": mib}
            _remove(folder)
            folder.mkdir()
            (work / "upper").rename(folder / "system")
            about.write_text(json.dumps(facts))
    facts = json.loads(about.read_text())
    return Image(archive, folder / "system", base, facts["seconds"], facts["cpu_seconds"], facts["mib"])


def _what_setup_reads(archive: Path) -> str:
    digest = hashlib.sha256()
    with zipfile.ZipFile(archive) as opened:
        for name in sorted(opened.namelist()):
            if name == "setup.sh" or name.startswith("requirements."):
                digest.update(name.encode() + opened.read(name))
    return digest.hexdigest()


def _unpack(archive: Path, system: Path) -> Path:
    """Puts an autograder into its place in a system."""
    autograder = system / "autograder"
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(autograder / "source")
    shutil.copyfile(autograder / "source" / "run_autograder", autograder / "run_autograder")
    (autograder / "run_autograder").chmod(0o755)
    return autograder


def grade(made: Image, submission: Path, size: Size = SMALLEST) -> Graded:
    """Grades a file, or all files of a folder."""
    with _folder() as work:
        autograder = _unpack(made.archive, work / "upper")
        (autograder / "results").mkdir()
        if submission.is_dir():
            shutil.copytree(submission, autograder / "submission")
        else:
            (autograder / "submission").mkdir()
            shutil.copy(submission, autograder / "submission")
        (autograder / "submission_metadata.json").write_text(json.dumps(_METADATA))
        ended = _run(work, [made.folder, made.base], ["./run_autograder"], size, "/autograder")
        try:
            results = json.loads((autograder / "results" / "results.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            return Graded(ended, None, [f"results.json: {error}"])
        return Graded(ended, results, problems(results))


_VISIBILITIES = {"hidden", "after_due_date", "after_published", "visible"}
_FORMATS = {"text", "simple_format", "html", "md", "ansi"}
_ANYWHERE = {"score": float, "output": str, "output_format": _FORMATS, "visibility": _VISIBILITIES, "extra_data": dict}
_TOP = _ANYWHERE | {
    "execution_time": float, "test_output_format": _FORMATS, "test_name_format": _FORMATS,
    "stdout_visibility": _VISIBILITIES, "tests": list, "leaderboard": list,
}  # fmt: skip
_TEST = _ANYWHERE | {
    "max_score": float, "status": {"passed", "failed"}, "name": str, "name_format": _FORMATS, "number": str,
    "tags": list,
}  # fmt: skip
_LONGEST = 100_000  # characters of output that Gradescope keeps


def problems(results: Any) -> list[str]:
    """What Gradescope would not take in a results.json, by its published format."""
    found = _wrong("results", results, _TOP)
    if found:
        return found
    tests = results.get("tests", [])
    for number, test in enumerate(tests, 1):
        found += _wrong(f"test {number}", test, _TEST)
    if found:
        return found
    if "score" not in results and not any("score" in test for test in tests):
        found.append("there is no score, neither above nor in any test")
    if (length := sum(len(part.get("output", "")) for part in (results, *tests))) > _LONGEST:
        found.append(f"the outputs have {length:,} characters, {_LONGEST:,} are kept")
    return found


def _wrong(place: str, part: Any, known: Mapping[str, Any]) -> list[str]:
    if not isinstance(part, dict):
        return [f"{place}: must be an object, is {part!r:.80}"]
    found = [f"{place}: unknown key {name!r}" for name in part if name not in known]
    for name, kind in known.items():
        value = part.get(name)
        if name not in part:
            continue
        if kind is float:
            right = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
        else:
            right = value in kind if isinstance(kind, set) else isinstance(value, kind)
        if not right:
            wanted = f"one of {', '.join(sorted(kind))}" if isinstance(kind, set) else f"a {kind.__name__}"
            found.append(f"{place}: {name} must be {wanted}, is {value!r:.80}")
    return found


class _Cgroup:
    """Holds the processes of a command within a size, as far as this machine has control groups for it."""

    def __init__(self, size: Size):
        root, name = Path("/sys/fs/cgroup"), f"gradescope-{uuid4().hex[:12]}"
        byte, quota = size.memory_mib * 2**20, size.cpus * 100_000  # of 100,000 microseconds
        if (root / "cgroup.controllers").exists():
            memory = cpu = root / name
            limits = {memory / "memory.max": byte, cpu / "cpu.max": quota, cpu / "cpu.weight": 100 * _WEIGHT}
            self._used, self._events = ("anon", "shmem"), memory / "memory.events"
        else:  # version 1, which has a tree for each controller
            memory, cpu = root / "memory" / name, root / "cpu" / name
            limits = {
                memory / "memory.limit_in_bytes": byte, cpu / "cpu.cfs_quota_us": quota,
                cpu / "cpu.shares": 1_024 * _WEIGHT,
            }  # fmt: skip
            self._used, self._events = ("total_rss", "total_shmem"), memory / "memory.oom_control"
        self._stat, self.folders, self.not_limited = memory / "memory.stat", {memory, cpu}, ""
        try:
            for folder in self.folders:
                folder.mkdir()
            for path, limit in limits.items():
                if limit < math.inf:
                    path.write_text(str(int(limit)))
        except OSError as error:
            self.not_limited = f"memory and CPU are not limited: {error}"
            self.close()
            self.folders = set()

    def join(self) -> None:
        """Puts this process in."""
        for folder in self.folders:
            (folder / "cgroup.procs").write_text(str(os.getpid()))

    def used_mib(self, pid: int) -> float:
        """Memory of the processes, without what the system keeps of files."""
        try:
            return sum(self._number(self._stat, name) for name in self._used) / 2**20
        except OSError:
            return ProcessTree(pid, None).memory()

    def killed(self) -> bool:
        """Whether a process has been killed for want of memory."""
        try:
            return self._number(self._events, "oom_kill") > 0
        except OSError:
            return False

    @staticmethod
    def _number(file: Path, name: str) -> int:
        found = re.search(rf"^{name} (\d+)$", file.read_text(), re.MULTILINE)
        return int(found.group(1)) if found else 0

    def close(self) -> None:
        """Removes the groups; their processes must have ended, which the kernel may notice a little later."""
        until = time.monotonic() + 5
        for folder in self.folders:
            while folder.exists() and time.monotonic() < until:
                with contextlib.suppress(OSError):
                    folder.rmdir()
                    break
                time.sleep(_TICK)


def _run(
    work: Path,
    lower: list[Path],
    command: list[str],
    size: Size,
    at: str,
    shared: Collection[Path] = (),
    environment: Mapping[str, str] | None = None,
) -> Ended:
    """Runs a command as root in a system made of layers; what it changes lands in `work/upper`.

    Without anything shared of this machine, it has no network.
    """
    root = work / "root"
    steps = [_overlay(work, lower), ["mount", "-t", "proc", "proc", f"{root}/proc"]]
    steps += [["mount", "-t", "sysfs", "-o", "ro", "sysfs", f"{root}/sys"]]
    steps += [["mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", f"{root}/dev"], ["mkdir", f"{root}/dev/shm"]]
    steps += [["mount", "-t", "tmpfs", "-o", "mode=1777", "tmpfs", f"{root}/dev/shm"]]
    steps += [["ln", "-s", "/proc/self/fd", f"{root}/dev/fd"]]
    for path in [*(Path("/dev") / name for name in _DEVICES), *shared]:
        inside = f"{root}{path}"
        steps += [["mkdir", "-p", inside if path.is_dir() else str(Path(inside).parent)]]
        steps += [] if path.is_dir() else [["touch", inside]]
        steps += [["mount", "--bind", str(path), inside]]
        steps += [["mount", "-o", "remount,bind,ro", inside]] if path in shared else []
    variables = {"PATH": _PATH, "HOME": "/root", **(environment or {})}
    rights = ",".join(["-all", *(f"+{right}" for right in _RIGHTS)])
    start = ["env", "-i", f"--chdir={at}", *(f"{name}={value}" for name, value in variables.items()), *command]
    steps += [["exec", "setpriv", f"--bounding-set={rights}", "--inh-caps=-all", "chroot", str(root), *start]]
    group = _Cgroup(size)
    try:
        with tempfile.TemporaryFile("w+", errors="replace") as printed:
            began, before, peak, why = time.monotonic(), _cpu_seconds(), 0.0, ""
            process = subprocess.Popen(
                _in_namespaces(steps, network=bool(shared)), stdin=subprocess.DEVNULL, stdout=printed, stderr=printed,
                start_new_session=True, preexec_fn=group.join,
            )  # fmt: skip
            try:
                while process.poll() is None:
                    peak = max(peak, group.used_mib(process.pid))
                    if time.monotonic() - began > size.seconds:
                        why = f"timed out after {size.seconds:.0f} s"
                        break
                    time.sleep(_TICK)
            finally:
                process.kill()  # with it the first process of the namespace ends, and so all others
                process.wait()
            seconds = time.monotonic() - began
            if group.killed():
                why = why or f"a process was killed, it needed more than {size.memory_mib:.0f} MiB"
            printed.seek(0)
            cpu_seconds, output = _cpu_seconds() - before, printed.read(2**20)
            return Ended(process.returncode, output, seconds, cpu_seconds, peak, why, group.not_limited)
    finally:
        group.close()


def _cpu_seconds() -> float:
    """Of all children that have ended so far, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _in_namespaces(steps: list[list[str]], network: bool = False) -> list[str]:
    apart = ["--mount", "--pid", "--ipc", "--uts", *([] if network else ["--net"]), "--fork", "--kill-child"]
    return ["unshare", *apart, "sh", "-c", " && ".join(shlex.join(step) for step in steps)]


def _overlay(work: Path, lower: list[Path]) -> list[str]:
    for name in ("upper", "work", "root"):
        (work / name).mkdir(exist_ok=True)
    layers = f"lowerdir={':'.join(map(str, lower))},upperdir={work / 'upper'},workdir={work / 'work'}"
    return ["mount", "-t", "overlay", "-o", layers, "overlay", str(work / "root")]


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """A folder for the layers of a system, whose top every user may enter."""
    work = Path(tempfile.mkdtemp(prefix="work-", dir=CACHE))
    (work / "upper").mkdir(mode=0o755)
    try:
        yield work
    finally:
        _remove(work)


def _remove(folder: Path) -> None:
    subprocess.run(["rm", "-rf", "--", str(folder)], check=False)  # at any depth


def _registries() -> tuple[list[Path], dict[str, str]]:
    """How this machine reaches its package registries: files and folders to share, and environment variables."""
    wanted = re.compile(r"PIP_|(HTTPS?|NO)_PROXY$|SSL_CERT_|REQUESTS_CA", re.IGNORECASE)
    environment = {name: value for name, value in os.environ.items() if wanted.match(name)}
    environment.pop("PIP_REQUIRE_VIRTUALENV", None)
    settings = [Path("/etc/pip.conf"), Path("/root/.config/pip/pip.conf"), Path("/root/.pip/pip.conf")]
    settings = [path for path in settings if path.exists()]
    text = "\n".join([*environment.values(), *(path.read_text() for path in settings)])
    named = {Path(found) for found in re.findall(r"(?<![\w:/.])/[\w./-]+", text)}
    indexes = {Path(found).parent for found in re.findall(r"(?<=file://)/[\w./-]+", text)}  # the files lie beside them
    others = {Path("/etc/resolv.conf"), Path("/etc/hosts"), Path("/etc/ssl/certs")}
    paths = sorted(path for path in {*settings, *named, *indexes, *others} if path.exists())
    return [path for path in paths if not any(other in path.parents for other in paths)], environment


def _mirror(suite: str) -> list[str]:
    """Where this machine has its own packages from, if it has the same system; else debootstrap knows a place."""
    if not shutil.which("apt-get"):
        return []
    asked = ["apt-get", "indextargets", "--format", "$(SITE)", f"Codename: {suite}", "Created-By: Packages"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.split()[:1]


def _call(command: list[str]) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise CannotRun(f"{shlex.join(command)}: {done.stdout[-500:]}")


def _mib(folder: Path) -> float:
    done = subprocess.run(["du", "-sk", str(folder)], stdout=subprocess.PIPE, text=True, check=True)
    return int(done.stdout.split()[0]) / 1024


def _times(took: Ended | Image) -> str:
    return f"{took.seconds:.1f} s ({took.cpu_seconds:.1f} s of CPU)"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archive", type=Path, help="an autograder zip")
    parser.add_argument("submissions", type=Path, nargs="*", help="files or folders of files")
    parser.add_argument("--cpus", type=float, default=SMALLEST.cpus)
    parser.add_argument("--memory", type=float, default=SMALLEST.memory_mib, help="in MiB")
    parser.add_argument("--minutes", type=float, default=SMALLEST.seconds / 60)
    parser.add_argument("--base", choices=BASES, default=BASE)
    chosen = parser.parse_args()
    if reason := why_not():
        sys.exit(reason)
    size = Size(chosen.cpus, chosen.memory, chosen.minutes * 60)
    made = image(chosen.archive, chosen.base)
    print(f"image: made in {_times(made)}, {made.mib:.0f} MiB of files", flush=True)
    for path in chosen.submissions:
        graded = grade(made, path, size)
        ended = graded.ended
        print(f"{path}: {graded.points:g} points, {_times(ended)}, {ended.peak_mib:.0f} MiB of memory", flush=True)
        hiding = [f"students do not see the total because of {name!r}" for name in graded.hide_the_total]
        for line in filter(None, [ended.why, ended.not_limited, *graded.problems, *hiding]):
            print(f"  {line}")


if __name__ == "__main__":
    main()
