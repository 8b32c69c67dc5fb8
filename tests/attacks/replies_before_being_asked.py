"""Sends replies to the judge before it has asked, so that later answers are taken for other questions' ones."""

# on: q8
# kind: forgery

import os
import socket
import struct
import sys

text = b'{"value": "It is the thing that the others are not, and it is not theirs."}'
connection = socket.socket(fileno=os.dup(int(sys.argv[-1])))
connection.sendall(struct.pack(">II", len(text), 0) + text)
