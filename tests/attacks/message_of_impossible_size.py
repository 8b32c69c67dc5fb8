"""Announces messages and attachments that no memory can hold."""

# on: q8
# kind: forgery

import os
import socket
import struct
import sys

for number in sys.argv[-2:]:
    connection = socket.socket(fileno=os.dup(int(number)))
    connection.sendall(struct.pack(">IIQ", 2**32 - 1, 2**32 - 1, 2**64 - 1))
