"""Raises exceptions whose class, name and text run code, loop, or hold control characters."""

# on: p7d
# kind: forgery
# ruff: noqa: PTH110

import os


class Hostile(Exception):
    def __str__(self):
        if os.path.exists("loop"):
            while True:
                pass
        raise SystemExit(0)

    __repr__ = __str__


Hostile.__name__ = "\x1b[2J\x00\ud800 passed"


def augment(*arguments, **options):
    raise Hostile if len(arguments) == 3 else ValueError("\x1b[31m\x00\ud800 All test cases passed!")
