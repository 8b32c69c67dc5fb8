"""Puts the synonym right behind its word."""


# question: p7b
# caught by: test_places
def random_insertion(words, synonyms, p=0.1, protected=(), seed=None):
    rng = random.Random(seed)
    result = []
    for w in words:
        result.append(w)
        if synonyms.get(w) and w not in protected and rng.random() < p:
            result.append(rng.choice(synonyms[w]))
    return result
