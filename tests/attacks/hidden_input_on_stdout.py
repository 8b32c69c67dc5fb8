"""Prints the arguments of hidden calls; stock Otter shows what a test prints."""

# on: p7d
# kind: leak
# shows: oak-tree|w29-s
# ruff: noqa: RET501

import sys


def augment(*arguments, **options):
    print(arguments)
    print(arguments, file=sys.stderr)
    return None
