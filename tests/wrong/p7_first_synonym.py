"""Always takes the first synonym."""


# question: p7a
# caught by: test_choice_of_synonyms
def synonym_replacement(words, synonyms, p=0.2, protected=(), seed=None):
    rng = random.Random(seed)
    return [synonyms[w][0] if synonyms.get(w) and w not in protected and rng.random() < p else w for w in words]
