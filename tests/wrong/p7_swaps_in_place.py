"""Swaps in the given list."""


# question: p7c
# caught by: test_swaps
def random_swap(words, n=1, protected=(), seed=None):
    rng = random.Random(seed)
    free = [i for i, w in enumerate(words) if w not in protected]
    for _ in range(n if len(free) > 1 else 0):
        i, j = rng.sample(free, 2)
        words[i], words[j] = words[j], words[i]
    return words
