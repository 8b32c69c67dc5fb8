"""Calls itself without end, with the limit of Python and without it."""

# on: p7d
# kind: accident

import sys


def augment(*arguments, **options):
    if len(arguments[0]) != 3:
        sys.setrecursionlimit(10**9)
    return augment(*arguments, **options)
