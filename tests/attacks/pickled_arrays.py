"""Replies with arrays that hold a pickle, or whose header lies about their size."""

# on: p7d
# kind: forgery
# ruff: noqa: F821

import io
import os
import pickle
import socket
import struct
import sys


class Runs:
    def __reduce__(self):
        return os._exit, (3,)


def augment(*arguments, **options):
    file = io.BytesIO()
    np.lib.format.write_array_header_1_0(file, {"descr": "|O", "fortran_order": False, "shape": (1,)})
    data = b"\x93NUMPY\x01\x00" + file.getvalue()[8:] + pickle.dumps([Runs()])
    text = b'{"value": ["array", 0]}'
    connection = socket.socket(fileno=os.dup(int(sys.argv[-1])))
    connection.sendall(struct.pack(">IIQ", len(text), 1, len(data)) + text + data)
