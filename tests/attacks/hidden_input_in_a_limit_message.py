"""Uses as much memory as tells what a hidden call was given, so that the message about the limit says it."""

# on: p7a
# kind: leak
# spoils: p7b p7c p7d
# shows: used [\d,]+ MiB
# ruff: noqa: F821

import time

seen = []


def synonym_replacement(words, synonyms, p=0.2, protected=(), seed=None):
    seen.append(len(words))
    return list(words)


class Greedy(random.Random):
    def __init__(self, seed):
        self.data = bytearray((720 + seen[-1] % 50) * 2**20)
        time.sleep(3)


random.Random = Greedy
