"""Announces a message of the largest size and sends it byte by byte, so that somebody waits for ever."""

# on: q8
# kind: forgery

import os
import socket
import struct
import sys
import time

connection = socket.socket(fileno=os.dup(int(sys.argv[-2])))
connection.sendall(struct.pack(">II", 2**24, 0))
while True:
    connection.sendall(b" ")
    time.sleep(0.4)
