"""Leaves a thread that takes memory after its cell is done."""

# on: q8
# kind: accident

import threading
import time

taken = []


def grow():
    while True:
        taken.append(bytearray(10 * 2**20))
        time.sleep(0.05)


threading.Thread(target=grow, daemon=True).start()
