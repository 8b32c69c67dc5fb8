"""Uses seed 0 where none is given."""


# question: p7a
# caught by: test_seed_and_side_effects
def synonym_replacement(words, synonyms, p=0.2, protected=(), seed=None):
    rng = random.Random(seed or 0)
    return [
        rng.choice(synonyms[w]) if synonyms.get(w) and w not in protected and rng.random() < p else w for w in words
    ]
