"""Returns generators that never end where lists are expected."""

# on: p7d
# kind: accident

import itertools


class Endless:
    def __iter__(self):
        return itertools.count()

    def __len__(self):
        return 2**40

    def __getitem__(self, i):
        return i


def augment(texts, *arguments, **options):
    return itertools.repeat("oak") if len(texts) == 3 else (Endless(), Endless())
