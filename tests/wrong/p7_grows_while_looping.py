"""Goes over the growing list, so added words add words."""


# question: p7b
# caught by: test_places
def random_insertion(words, synonyms, p=0.1, protected=(), seed=None):
    rng = random.Random(seed)
    result = list(words)
    i = 0
    while i < len(result) and len(result) < 1000:
        w = result[i]
        if synonyms.get(w) and w not in protected and rng.random() < p:
            place = rng.randint(0, len(result))
            result.insert(place, rng.choice(synonyms[w]))
            i += place <= i
        i += 1
    return result
