"""Does not look at protected."""


# question: p7a
# caught by: test_protected
def synonym_replacement(words, synonyms, p=0.2, protected=(), seed=None):
    rng = random.Random(seed)
    return [rng.choice(synonyms[w]) if synonyms.get(w) and rng.random() < p else w for w in words]
