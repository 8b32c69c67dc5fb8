"""Sends attachments by the thousand, more than one message may have and more than memory should hold."""

# on: q8
# kind: forgery

import os
import socket
import struct
import sys

connection = socket.socket(fileno=os.dup(int(sys.argv[-2])))
sizes = [2**16] * 8000
connection.sendall(struct.pack(">II", 2, len(sizes)) + struct.pack(f">{len(sizes)}Q", *sizes) + b"[]")
for _ in sizes:
    connection.sendall(bytes(2**16))
