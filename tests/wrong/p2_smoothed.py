"""Adds a small number to every probability against log(0), so impossible characters appear."""


# question: p2c
# caught by: test_frequencies
def sample_next(probabilities, temperature=1.0, seed=None):
    p = np.asarray(probabilities, dtype="float64")
    if temperature == 0:
        return p.argmax(axis=1)
    logits = np.log(p + 1e-3) / temperature
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    rng = np.random.default_rng(seed)
    return np.array([rng.choice(len(row), p=row) for row in p])
