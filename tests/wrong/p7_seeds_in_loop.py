"""Makes a new generator from the seed for every word, so all draws are equal."""


# question: p7a
# caught by: test_each_word_has_its_own_chance
def synonym_replacement(words, synonyms, p=0.2, protected=(), seed=None):
    result = []
    for word in words:
        rng = random.Random(seed)
        replace = synonyms.get(word) and word not in protected and rng.random() < p
        result.append(rng.choice(synonyms[word]) if replace else word)
    return result
