"""Starts threads until there can be no more."""

# on: q8
# kind: accident
# stock: not run (could take all processes of this machine)

import threading
import time

while True:
    threading.Thread(target=time.sleep, args=[60], daemon=True).start()
