"""Replies with bytes that are no message, with JSON of the wrong kind and with tags that nobody knows."""

# on: p7d
# kind: forgery
# ruff: noqa: E501

import os
import socket
import struct
import sys

WRONG = [b"", b"5", b"[1]", b'{"error": 5}', b'{"value": ["nothing", 1]}', b'{"value": ["array", 3]}', b"\xff\x00",
         b'{"value": ["object", "x", 7]}', b'{"value": ["named", "x", ["__class__"], [1]]}', b'{"callback": []}']  # fmt: skip
sent = []


def augment(*arguments, **options):
    text = WRONG[len(sent) % len(WRONG)]
    sent.append(text)
    connection = socket.socket(fileno=os.dup(int(sys.argv[-1])))
    connection.sendall(struct.pack(">II", len(text), 0) + text)
