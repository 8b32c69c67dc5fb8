"""Leaves a timer that ends the process while later questions are tested."""

# on: q8
# kind: accident

import os
import threading

threading.Timer(0.02, os._exit, [0]).start()
