"""Seeds the global generator of NumPy."""


# question: p7a
# caught by: test_seed_and_side_effects
def synonym_replacement(words, synonyms, p=0.2, protected=(), seed=None):
    np.random.seed(seed)
    return [
        str(np.random.choice(synonyms[w])) if synonyms.get(w) and w not in protected and np.random.rand() < p else w
        for w in words
    ]
