"""Reads from address 0."""

# on: q8
# kind: accident

import ctypes

ctypes.string_at(0)
