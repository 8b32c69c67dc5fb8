"""Lets protected words change places."""


# question: p7c
# caught by: test_swap
def random_swap(words, n=1, protected=(), seed=None):
    rng = random.Random(seed)
    result = list(words)
    if len(words) < 2:
        return result
    for _ in range(n):
        i, j = rng.sample(range(len(words)), 2)
        result[i], result[j] = result[j], result[i]
    return result
