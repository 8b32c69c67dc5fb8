"""Ends the process with an exit status that tells what a hidden call was given."""

# on: p7a
# kind: leak
# spoils: p7b p7c p7d
# shows: exit status 1\d\d
# ruff: noqa: F821

import os

seen = []


def synonym_replacement(words, synonyms, p=0.2, protected=(), seed=None):
    seen.append(sum(map(len, words)))
    return list(words)


def die(*_):
    if seen and "random_insertion" in get_ipython().user_ns:
        os._exit(100 + seen[-1] % 100)


get_ipython().events.register("pre_run_cell", die)
