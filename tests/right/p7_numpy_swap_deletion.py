"""NumPy: swap on an array by permuted positions, deletion by a mask; returns tuples and arrays."""


# question: p7c
def random_swap(words, n=1, protected=(), seed=None):
    rng = np.random.default_rng(seed)
    result = np.array(words, dtype=object)
    free = np.flatnonzero([word not in protected for word in words])
    for _ in range(n):
        if len(free) > 1:
            pair = rng.permutation(free)[:2]
            result[pair] = result[pair[::-1]]
    return result.tolist()


def random_deletion(words, p=0.1, protected=(), seed=None):
    rng = np.random.default_rng(seed)
    stays = (rng.random(len(words)) >= p) | np.isin(words, list(protected))
    if len(words) and not stays.any():
        stays[rng.integers(len(words))] = True
    return [word for word, stay in zip(words, stays) if stay]
