"""Forgets the seed."""


# question: p7a
# caught by: test_seed
def synonym_replacement(words, synonyms, p=0.2, protected=(), seed=None):
    rng = random.Random()
    return [
        rng.choice(synonyms[w]) if synonyms.get(w) and w not in protected and rng.random() < p else w for w in words
    ]
