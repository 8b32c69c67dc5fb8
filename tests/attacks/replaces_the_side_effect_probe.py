"""Replaces the notebook's own function by which a hidden test looks for side effects, and has side effects."""

# on: p7a
# kind: forgery
# spoils: p7d
# ruff: noqa: F821


def side_effects(function, *arguments, **options):
    return []


def synonym_replacement(words, synonyms, p=0.2, protected=(), seed=None):
    random.seed(seed)
    words[:] = [random.choice(["icy", "cold", "aged", "big"]) for _ in words]
    return words
