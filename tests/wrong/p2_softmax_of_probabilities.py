"""Softmax of p / T: takes the probabilities for logits."""


# question: p2c
# caught by: test_draws, test_temperature, test_frequencies, test_temperatures
def sample_next(probabilities, temperature=1.0, seed=None):
    p = np.asarray(probabilities, dtype="float64")
    if temperature == 0:
        return p.argmax(axis=1)
    p = np.exp(p / temperature)
    p /= p.sum(axis=1, keepdims=True)
    rng = np.random.default_rng(seed)
    return np.array([rng.choice(len(row), p=row) for row in p])
