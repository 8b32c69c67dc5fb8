"""Takes p for the probability of keeping a word."""


# question: p7c
# caught by: test_deletion
def random_deletion(words, p=0.1, protected=(), seed=None):
    rng = random.Random(seed)
    result = [w for w in words if w in protected or rng.random() < p]
    return result or ([rng.choice(words)] if words else [])
