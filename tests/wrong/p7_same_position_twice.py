"""Draws the two positions independently, so they may be the same."""


# question: p7c
# caught by: test_swap
def random_swap(words, n=1, protected=(), seed=None):
    rng = random.Random(seed)
    result = list(words)
    free = [i for i, w in enumerate(words) if w not in protected]
    if len(free) < 2:
        return result
    for _ in range(n):
        i, j = rng.choice(free), rng.choice(free)
        result[i], result[j] = result[j], result[i]
    return result
