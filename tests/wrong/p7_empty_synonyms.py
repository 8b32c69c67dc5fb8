"""Looks only whether the word is in the dictionary: an empty list crashes."""


# question: p7a
# caught by: test_p_zero_and_one
def synonym_replacement(words, synonyms, p=0.2, protected=(), seed=None):
    rng = random.Random(seed)
    return [rng.choice(synonyms[w]) if w in synonyms and w not in protected and rng.random() < p else w for w in words]
