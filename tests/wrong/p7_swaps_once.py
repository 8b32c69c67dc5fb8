"""Ignores n beyond one swap."""


# question: p7c
# caught by: test_swaps
def random_swap(words, n=1, protected=(), seed=None):
    rng = random.Random(seed)
    result = list(words)
    free = [i for i, w in enumerate(words) if w not in protected]
    if n and len(free) > 1:
        i, j = rng.sample(free, 2)
        result[i], result[j] = result[j], result[i]
    return result
