"""p ** (1 / T) directly, which underflows at small temperatures."""


# question: p2c
# caught by: test_temperatures
def sample_next(probabilities, temperature=1.0, seed=None):
    p = np.asarray(probabilities, dtype="float64")
    if temperature == 0:
        return p.argmax(axis=1)
    p = p ** (1 / temperature)
    p = p / np.maximum(p.sum(axis=1, keepdims=True), 1e-300)
    rng = np.random.default_rng(seed)
    u = rng.random((len(p), 1))
    return np.minimum((p.cumsum(axis=1) <= u).sum(axis=1), p.shape[1] - 1)
