"""Shuffles the list of synonyms in the caller's dictionary."""


# question: p7a
# caught by: test_seed_and_side_effects
def synonym_replacement(words, synonyms, p=0.2, protected=(), seed=None):
    rng = random.Random(seed)
    result = []
    for word in words:
        if synonyms.get(word) and word not in protected and rng.random() < p:
            rng.shuffle(synonyms[word])
            word = synonyms[word][0]
        result.append(word)
    return result
