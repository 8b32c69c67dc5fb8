"""Registers functions and threads that keep the process from ending."""

# on: q8
# kind: accident
# stock: not run (stock Otter would wait for ever)

import atexit
import threading
import time

atexit.register(time.sleep, 600)
threading.Thread(target=time.sleep, args=[600]).start()
