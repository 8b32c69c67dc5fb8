"""Prints from several processes at once, faster than one reader can read."""

# on: q8
# kind: accident

import os
import time

for _ in range(6):
    if os.fork() == 0:
        while True:
            os.write(1, bytes(2**16))
time.sleep(60)
