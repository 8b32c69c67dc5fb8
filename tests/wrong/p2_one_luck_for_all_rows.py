"""One random number for all rows."""


# question: p2c
# caught by: test_draws, test_temperature, test_frequencies, test_temperatures
def sample_next(probabilities, temperature=1.0, seed=None):
    p = np.asarray(probabilities, dtype="float64")
    if temperature == 0:
        return p.argmax(axis=1)
    with np.errstate(divide="ignore"):
        logits = np.log(p) / temperature
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    u = np.random.default_rng(seed).random()
    return (p.cumsum(axis=1) <= u).sum(axis=1)
