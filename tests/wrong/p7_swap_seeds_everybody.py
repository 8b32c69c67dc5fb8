"""Seeds the global generator of random."""


# question: p7c
# caught by: test_swaps
def random_swap(words, n=1, protected=(), seed=None):
    random.seed(seed)
    result = list(words)
    free = [i for i, word in enumerate(words) if word not in protected]
    for _ in range(n if len(free) > 1 else 0):
        i, j = random.sample(free, 2)
        result[i], result[j] = result[j], result[i]
    return result
