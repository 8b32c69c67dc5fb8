"""Stops its own process, as Ctrl+Z does: it neither ends nor reacts."""

# on: q8
# kind: accident

import os
import signal

os.kill(os.getpid(), signal.SIGSTOP)
