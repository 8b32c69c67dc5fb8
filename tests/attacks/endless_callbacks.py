"""Asks the judge to call functions of the test, again and again."""

# on: p7d
# kind: forgery

import os
import socket
import struct
import sys


def augment(*arguments, **options):
    connection = socket.socket(fileno=os.dup(int(sys.argv[-1])))
    text = b'{"callback": 1, "with": ["tuple", [["tuple", []], ["dict", []]]]}'
    while True:
        connection.sendall(struct.pack(">II", len(text), 0) + text)
        connection.recv(2**16)
