"""A new word never lands at the end."""


# question: p7b
# caught by: test_places
def random_insertion(words, synonyms, p=0.1, protected=(), seed=None):
    rng = random.Random(seed)
    result = list(words)
    for w in words:
        if synonyms.get(w) and w not in protected and rng.random() < p:
            result.insert(rng.randrange(len(result)), rng.choice(synonyms[w]))
    return result
