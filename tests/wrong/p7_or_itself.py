"""May 'replace' a word by itself."""


# question: p7a
# caught by: test_rate
def synonym_replacement(words, synonyms, p=0.2, protected=(), seed=None):
    rng = random.Random(seed)
    return [rng.choice([w, *synonyms.get(w, [])]) if w not in protected and rng.random() < p else w for w in words]
