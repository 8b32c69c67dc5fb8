"""NumPy's generator; draws the added words first, then the places of the final list that they take."""


# question: p7b
def random_insertion(words, synonyms, p=0.1, protected=(), seed=None):
    rng = np.random.default_rng(seed)
    new = [rng.choice(synonyms[w]) for w in words if w not in protected and synonyms.get(w) and rng.random() < p]
    rng.shuffle(new)
    places = set(rng.permutation(len(words) + len(new))[: len(new)].tolist())
    old, new = iter(words), iter(new)
    return [str(next(new if i in places else old)) for i in range(len(words) + len(places))]
