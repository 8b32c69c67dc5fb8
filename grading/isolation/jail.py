"""What is taken away from a process before it runs a student's code, as far as the system offers it.

Nothing here needs more than root in an ordinary container, and most of it not even that.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import resource
import stat
import struct
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_KEEPCAPS, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 4, 8, 22, 38
_CAPABILITY_VERSION, _CAP_DAC_READ_SEARCH = 0x20080522, 2
# system calls with the same numbers on every machine
_LANDLOCK_CREATE_RULESET, _LANDLOCK_ADD_RULE, _LANDLOCK_RESTRICT_SELF = 444, 445, 446
_EXECUTE, _WRITE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_FILE_RIGHTS = _EXECUTE | _WRITE | _READ_FILE | 1 << 14  # 14: truncate
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_TCP = 1 << 0 | 1 << 1  # bind, connect
_SCOPES = 1 << 0 | 1 << 1  # abstract Unix sockets, signals
_SIGKILL, _SECCOMP_MODE_FILTER = 9, 2


def enter(
    uid: int | None,
    read: Sequence[Path],
    write: Sequence[Path],
    memory_mib: int,
    processes: int,
    file_mib: int,
) -> dict[str, str]:
    """Takes away all but what is named, for this process and its children, for good.

    Args:
        uid: user and group to become; None stays who it is.
        read, write: files and folders that may be read and run, and those that may be changed as well.
        memory_mib: largest data segment of each process.
        processes: of the new user at one time; it would count all that an old one runs.
        file_mib: largest file.

    Returns:
        What could not be had: protection -> reason.
    """
    refused: dict[str, str] = {}

    def attempt(protection: str, step: Callable[..., object], *arguments: object) -> None:
        try:
            step(*arguments)
        except (OSError, ValueError, AttributeError) as error:
            refused[protection] = getattr(error, "strerror", None) or str(error)

    limit(memory_mib, file_mib, None if uid is None else processes)
    if sys.platform == "linux":
        attempt("no new privileges", _prctl, _PR_SET_NO_NEW_PRIVS, 1)
        attempt("only its own files", _landlock, read, write)
    else:
        refused["only its own files"] = f"{sys.platform} has no Landlock"
    if uid is None:
        refused["a user of its own, a bound on its processes, and who may open the files of yours"] = "needs root"
    else:
        attempt("a user of its own", _become, uid, "only its own files" not in refused)
    if sys.platform == "linux":
        attempt("no network", _filter_calls)
    else:
        refused["no network"] = f"{sys.platform} has no seccomp"
    return refused


def die_with_parent(by: int = _SIGKILL) -> None:
    """Has this process get a signal when its parent ends, and hides its memory from processes of the same user."""
    if sys.platform == "linux":
        _prctl(_PR_SET_PDEATHSIG, by)
        _prctl(_PR_SET_DUMPABLE, 0)


def limit(memory_mib: int, file_mib: int, processes: int | None = None) -> None:
    """Bounds what this process and its children can get; what is used in all is watched from outside."""
    for name, value in (
        ("RLIMIT_DATA", 4 * memory_mib * 2**20),  # reserved memory, of which libraries use only a part
        ("RLIMIT_FSIZE", file_mib * 2**20),
        ("RLIMIT_NPROC", processes),
        ("RLIMIT_NOFILE", 1024),
        ("RLIMIT_CORE", 0),
    ):
        if value is not None and hasattr(resource, name):
            _, hard = resource.getrlimit(getattr(resource, name))
            value = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(getattr(resource, name), (value, value))


def _become(uid: int, files_are_restricted: bool) -> None:
    """Becomes another user, who may go on reading what Landlock allows even where Python belongs to root alone."""
    keeps_reading = files_are_restricted and not _readable_by_all(Path(os.__file__))
    if keeps_reading:
        _prctl(_PR_SET_KEEPCAPS, 1)
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    if keeps_reading:
        header, rights = struct.pack("II", _CAPABILITY_VERSION, 0), 1 << _CAP_DAC_READ_SEARCH
        if _libc().capset(header, struct.pack("IIIIII", rights, rights, 0, 0, 0, 0)) != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _readable_by_all(path: Path) -> bool:
    return bool(path.stat().st_mode & stat.S_IROTH) and all(
        folder.stat().st_mode & stat.S_IXOTH for folder in path.resolve().parents
    )


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _prctl(option: int, *values: int) -> None:
    padded = [ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4]]
    if _libc().prctl(ctypes.c_int(option), *padded) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _syscall(number: int, *arguments: Any) -> int:
    result = _libc().syscall(ctypes.c_long(number), *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def _landlock(read: Sequence[Path], write: Sequence[Path]) -> None:
    """Forbids every file that is not named, TCP, and reaching processes outside (linux/landlock.h)."""
    version = _syscall(_LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    files = (1 << 13) - 1 | (1 << 13 if version >= 2 else 0) | (1 << 14 if version >= 3 else 0)
    ruleset = struct.pack("QQQ", files, _TCP if version >= 4 else 0, _SCOPES if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    handle = _syscall(_LANDLOCK_CREATE_RULESET, ruleset[:size], ctypes.c_size_t(size), ctypes.c_uint32(0))
    try:
        for paths, rights in ((read, _READ), (write, files)):
            for path in paths:
                _allow(handle, path, rights & files)
        _syscall(_LANDLOCK_RESTRICT_SELF, ctypes.c_int(handle), ctypes.c_uint32(0))
    finally:
        os.close(handle)


def _allow(handle: int, path: Path, rights: int) -> None:
    try:
        folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        rule = struct.pack("=Qi", rights if path.is_dir() else rights & _FILE_RIGHTS, folder)
        _syscall(_LANDLOCK_ADD_RULE, ctypes.c_int(handle), ctypes.c_int(1), rule, ctypes.c_uint32(0))
    finally:
        os.close(folder)


# System calls that a student's code has no use for, by number on x86-64 and arm64.
_FORBIDDEN_CALLS = {
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_getfd": (438, 438), "perf_event_open": (298, 241), "bpf": (321, 280), "userfaultfd": (323, 282),
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218), "mount": (165, 40), "unshare": (272, 97),
    "setns": (308, 268), "pivot_root": (155, 41), "io_uring_setup": (425, 425), "shmget": (29, 194),
    "msgget": (68, 186), "semget": (64, 190), "mq_open": (240, 180), "open_by_handle_at": (304, 265),
    "memfd_secret": (447, 447), "move_mount": (429, 429), "fsopen": (430, 430), "open_tree": (428, 428),
}  # fmt: skip
_CLONE, _CLONE3 = {"x86_64": 56, "aarch64": 220}, 435
_NAMESPACES = 0x7E020000  # flags of clone that make new ones; in a user namespace a process would be root again
_SOCKET_CALL = {"x86_64": 41, "aarch64": 198}
_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_UNIX = 1  # the only family of sockets that stays: libraries talk to their own threads through it
_LOAD, _EQUAL, _AT_LEAST, _ANY_OF, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _DENY, _ABSENT, _KILL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS, 0x80000000


def _filter_calls() -> None:
    """Forbids sockets other than Unix ones, and looking into other processes (linux/seccomp.h)."""
    machine = platform.machine()
    if machine not in _ARCHITECTURE:
        raise OSError(errno.ENOSYS, f"no list of system calls for {machine}")
    column = 0 if machine == "x86_64" else 1
    code = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, _ARCHITECTURE[machine]), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, 0)]
    if machine == "x86_64":
        code += [(_AT_LEAST, 0, 1, 0x40000000), (_RETURN, 0, 0, _DENY)]  # the same calls under other numbers (x32)
    for numbers in _FORBIDDEN_CALLS.values():
        code += [(_EQUAL, 0, 1, numbers[column]), (_RETURN, 0, 0, _DENY)]
    code += [(_EQUAL, 0, 3, _SOCKET_CALL[machine]), (_LOAD, 0, 0, 16), (_EQUAL, 1, 0, _UNIX), (_RETURN, 0, 0, _DENY)]
    # clone3 keeps its flags where a filter cannot look; told that it is absent, the C library uses clone
    code += [(_LOAD, 0, 0, 0), (_EQUAL, 0, 1, _CLONE3), (_RETURN, 0, 0, _ABSENT)]
    code += [(_EQUAL, 0, 3, _CLONE[machine]), (_LOAD, 0, 0, 16), (_ANY_OF, 0, 1, _NAMESPACES), (_RETURN, 0, 0, _DENY)]
    code.append((_RETURN, 0, 0, _ALLOW))
    program = b"".join(struct.pack("HBBI", *line) for line in code)
    buffer = ctypes.create_string_buffer(program)
    head = struct.pack("HxxxxxxP", len(code), ctypes.addressof(buffer))
    pointer = ctypes.create_string_buffer(head)
    if _libc().prctl(_PR_SET_SECCOMP, ctypes.c_ulong(_SECCOMP_MODE_FILTER), pointer, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
