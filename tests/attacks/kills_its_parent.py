"""Kills the process that has started it, and every other that it may."""

# on: q8
# kind: accident
# ruff: noqa: SIM105

import os
import signal

for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP):
    for pid in (os.getppid(), os.getppid() + 2, -os.getpgid(os.getppid()), -1):
        try:
            os.kill(pid, number)
        except OSError:
            pass
