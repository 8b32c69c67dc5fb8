"""Aborts as C libraries do that find their memory damaged."""

# on: q8
# kind: accident

import ctypes

ctypes.CDLL(None).abort()
