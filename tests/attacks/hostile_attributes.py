"""Returns objects whose attributes, iteration and deletion run code that ends or blocks the process."""

# on: p7d
# kind: accident

import time


class Hostile:
    def __getattr__(self, name):
        time.sleep(600)

    def __iter__(self):
        raise SystemExit

    def __del__(self):
        raise KeyboardInterrupt

    def __repr__(self):
        raise MemoryError

    __str__ = __hash__ = __len__ = __bool__ = __repr__


def augment(*arguments, **options):
    return Hostile(), Hostile()
