"""Writes into the given list."""


# question: p7a
# caught by: test_seed_and_side_effects
def synonym_replacement(words, synonyms, p=0.2, protected=(), seed=None):
    rng = random.Random(seed)
    for i, w in enumerate(words):
        if synonyms.get(w) and w not in protected and rng.random() < p:
            words[i] = rng.choice(synonyms[w])
    return words
