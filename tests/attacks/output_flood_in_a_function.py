"""Prints without end in a function that a test calls."""

# on: p7d
# kind: accident

import os


def augment(*arguments, **options):
    while True:
        print("nobody is going to read this " * 1000)
        os.write(1, b"nor this " * 1000)
