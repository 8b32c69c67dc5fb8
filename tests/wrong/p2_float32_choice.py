"""Gives Keras's 32-bit numbers to choice as they are, a crash; divides by zero at temperature 0."""


# question: p2c
# caught by: test_greedy, test_temperatures
def sample_next(probabilities, temperature=1.0, seed=None):
    p = np.asarray(probabilities) ** (1 / temperature)
    rng = np.random.default_rng(seed)
    return np.array([rng.choice(len(row), p=row / row.sum()) for row in p])
