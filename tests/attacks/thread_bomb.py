"""Starts threads until there can be no more."""

# on: q8
# kind: accident

import threading
import time

while True:
    threading.Thread(target=time.sleep, args=[60], daemon=True).start()
