"""Returns an empty list when all words are dropped."""


# question: p7c
# caught by: test_deletion
def random_deletion(words, p=0.1, protected=(), seed=None):
    rng = random.Random(seed)
    return [w for w in words if w in protected or rng.random() >= p]
