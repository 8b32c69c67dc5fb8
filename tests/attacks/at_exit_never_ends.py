"""Registers functions and threads that keep the process from ending."""

# on: q8
# kind: accident

import atexit
import threading
import time

atexit.register(time.sleep, 600)
threading.Thread(target=time.sleep, args=[600]).start()
