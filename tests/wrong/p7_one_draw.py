"""Draws once for the whole text."""


# question: p7a
# caught by: test_each_word_has_its_own_chance
def synonym_replacement(words, synonyms, p=0.2, protected=(), seed=None):
    rng = random.Random(seed)
    if rng.random() >= p:
        return list(words)
    return [rng.choice(synonyms[w]) if synonyms.get(w) and w not in protected else w for w in words]
