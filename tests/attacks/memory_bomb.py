"""Takes memory in steps until there is none left."""

# on: q8
# kind: accident

import time

taken = []
while True:
    taken.append(bytearray(20 * 2**20))
    time.sleep(0.01)
