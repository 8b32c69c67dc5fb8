"""Always keeps the first word when all are dropped."""


# question: p7c
# caught by: test_deletions
def random_deletion(words, p=0.1, protected=(), seed=None):
    rng = random.Random(seed)
    return [w for w in words if w in protected or rng.random() >= p] or list(words[:1])
