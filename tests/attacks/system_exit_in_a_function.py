"""Leaves Python in a function that a test calls."""

# on: p7d
# kind: accident

import sys


def augment(*arguments, **options):
    sys.exit(0)
