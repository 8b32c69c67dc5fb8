"""Seeds the global generator of random."""


# question: p7a
# caught by: test_seed_and_side_effects
def synonym_replacement(words, synonyms, p=0.2, protected=(), seed=None):
    random.seed(seed)
    return [
        random.choice(synonyms[w]) if synonyms.get(w) and w not in protected and random.random() < p else w
        for w in words
    ]
