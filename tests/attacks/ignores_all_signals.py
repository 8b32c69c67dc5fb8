"""Ignores or handles all signals that can be, then loops."""

# on: q8
# kind: accident
# ruff: noqa: SIM105

import signal

for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    pass
