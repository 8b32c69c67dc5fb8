"""Takes memory in steps until there is none left."""

# on: q8
# kind: accident
# stock: not run (could take all memory of this machine)

import time

taken = []
while True:
    taken.append(bytearray(20 * 2**20))
    time.sleep(0.01)
