"""Leaves an alarm that interrupts whatever runs later."""

# on: q8
# kind: accident

import signal

signal.setitimer(signal.ITIMER_REAL, 0.02, 0.02)
