"""Tries to become root again, to gain capabilities, and to enter namespaces in which it would be root."""

# on: q8
# kind: forgery

import ctypes
import os

libc, loot = ctypes.CDLL(None, use_errno=True), []
for name, call in {  # 56: clone
    "root again": lambda: os.setresuid(0, 0, 0),
    "other groups": lambda: os.setgroups([0]),
    "a program of root": lambda: 1 / (os.system("su -c true root </dev/null >/dev/null 2>&1") == 0),
    "a namespace": lambda: 1 / (libc.unshare(0x10000000) == 0),
    "a mount": lambda: 1 / (libc.mount(b"tmpfs", b".tmp", b"tmpfs", 0, None) == 0),
    "a changed root": lambda: os.chroot("."),
    "more memory": lambda: __import__("resource").setrlimit(7, (2**20, 2**20)),
    "a namespace by clone": lambda: 1 / ((libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0) or os._exit(0)) > 0),
}.items():
    try:
        call()
        loot.append(name)
    except (OSError, ValueError, ZeroDivisionError):
        pass
