"""Leaves objects that end the process when they are forgotten."""

# on: p7d
# kind: accident

import os


class Bomb:
    def __del__(self):
        os._exit(0)


def augment(*arguments, **options):
    return Bomb(), Bomb()
