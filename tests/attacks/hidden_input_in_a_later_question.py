"""Keeps the arguments of hidden calls, and has a later question's public test quote them."""

# on: p7a
# kind: leak
# spoils: p7b p7c p7d
# shows: aged|ancient|hound
# ruff: noqa: F821

calls = []


def synonym_replacement(words, synonyms, p=0.2, protected=(), seed=None):
    calls.append((words, synonyms))
    return list(words)


class Telling(random.Random):
    def __init__(self, seed):
        raise ValueError(str(calls[-3:]))


random.Random = Telling
