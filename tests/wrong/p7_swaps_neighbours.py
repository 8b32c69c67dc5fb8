"""Only neighbours change places."""


# question: p7c
# caught by: test_swaps
def random_swap(words, n=1, protected=(), seed=None):
    rng = random.Random(seed)
    result = list(words)
    free = [i for i, w in enumerate(words) if w not in protected]
    for _ in range(n if len(free) > 1 else 0):
        k = rng.randrange(len(free) - 1)
        i, j = free[k], free[k + 1]
        result[i], result[j] = result[j], result[i]
    return result
