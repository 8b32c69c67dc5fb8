"""Raises to the power T instead of 1 / T."""


# question: p2c
# caught by: test_temperature, test_temperatures
def sample_next(probabilities, temperature=1.0, seed=None):
    p = np.asarray(probabilities, dtype="float64")
    if temperature == 0:
        return p.argmax(axis=1)
    p = p**temperature
    p /= p.sum(axis=1, keepdims=True)
    rng = np.random.default_rng(seed)
    return np.array([rng.choice(len(row), p=row) for row in p])
