"""Takes memory in many small processes, each of which looks harmless."""

# on: q8
# kind: accident

import os
import time

for _ in range(12):
    if os.fork() == 0:
        taken = bytearray(90 * 2**20)
        time.sleep(30)
        os._exit(0)
time.sleep(30)
