"""Inserts the word again instead of a synonym."""


# question: p7b
# caught by: test_p_zero_and_one
def random_insertion(words, synonyms, p=0.1, protected=(), seed=None):
    rng = random.Random(seed)
    result = list(words)
    for w in words:
        if synonyms.get(w) and w not in protected and rng.random() < p:
            result.insert(rng.randint(0, len(result)), w)
    return result
