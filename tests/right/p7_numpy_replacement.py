"""NumPy's generator, all draws at once; words may be np.str_."""


# question: p7a
def synonym_replacement(words, synonyms, p=0.2, protected=(), seed=None):
    rng = np.random.default_rng(seed)
    draws = rng.random(len(words))
    return [
        rng.choice(synonyms[word]) if draw < p and word not in set(protected) and len(synonyms.get(word, ())) else word
        for word, draw in zip(words, draws)
    ]
