"""Runs a regular expression that backtracks for ever, deaf to signals."""

# on: p7d
# kind: accident

import re


def augment(texts, labels, synonyms, copies=4, protected=(), seed=None):
    return copies == 100 and re.match(r"(a|aa|a+)+$", "a" * 64 + "b")
