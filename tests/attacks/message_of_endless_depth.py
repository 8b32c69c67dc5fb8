"""Replies with JSON that is nested a hundred thousand levels deep."""

# on: p7d
# kind: forgery

import os
import socket
import struct
import sys


def augment(*arguments, **options):
    text = b'{"value": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    connection = socket.socket(fileno=os.dup(int(sys.argv[-1])))
    connection.sendall(struct.pack(">II", len(text), 0) + text)
