"""Replaces a fixed number of words, int(p * len(words)), instead of giving each its own chance."""


# question: p7a
# caught by: test_rate
def synonym_replacement(words, synonyms, p=0.2, protected=(), seed=None):
    rng = random.Random(seed)
    result = list(words)
    free = [i for i, word in enumerate(words) if synonyms.get(word) and word not in protected]
    for i in rng.sample(free, min(len(free), int(p * len(words)))):
        result[i] = rng.choice(synonyms[result[i]])
    return result
