"""Finds positions with words.index, which is wrong when a word occurs twice."""


# question: p7c
# caught by: test_swaps
def random_swap(words, n=1, protected=(), seed=None):
    rng = random.Random(seed)
    result = list(words)
    free = [w for w in words if w not in protected]
    for _ in range(n if len(free) > 1 else 0):
        a, b = rng.sample(free, 2)
        i, j = words.index(a), words.index(b)
        result[i], result[j] = b, a
    return result
