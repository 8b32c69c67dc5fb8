"""Reads the memory of the parent and of its neighbours with process_vm_readv, and attaches to them with ptrace."""

# on: q8
# kind: leak

import ctypes
import os

libc, loot = ctypes.CDLL(None, use_errno=True), []
for pid in (os.getppid(), *range(os.getpid() + 1, os.getpid() + 6)):
    if libc.ptrace(0x4206, pid, 0, 0) == 0:  # PTRACE_SEIZE
        loot.append(f"attached to {pid}")
    room = ctypes.create_string_buffer(8)
    vector = (ctypes.c_void_p * 2)(ctypes.addressof(room), 8)
    far = (ctypes.c_void_p * 2)(id(libc), 8)
    libc.process_vm_readv(pid, vector, 1, far, 1, 0)
    if ctypes.get_errno() not in (1, 3, 13):  # anything but "not permitted" and "no such process"
        loot.append(f"read from {pid}: {os.strerror(ctypes.get_errno())}")
