"""Stops its own process, as Ctrl+Z does: it neither ends nor reacts."""

# on: q8
# kind: accident
# stock: not run (stock Otter would wait for ever)

import os
import signal

os.kill(os.getpid(), signal.SIGSTOP)
