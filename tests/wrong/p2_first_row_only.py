"""Draws one id, for the first row only."""


# question: p2c
# caught by: test_greedy, test_draws, test_seeds, test_temperature, test_frequencies, test_temperatures
def sample_next(probabilities, temperature=1.0, seed=None):
    p = np.asarray(probabilities, dtype="float64")[0]
    if temperature == 0:
        return int(p.argmax())
    with np.errstate(divide="ignore"):
        logits = np.log(p) / temperature
    p = np.exp(logits - logits.max())
    return int(np.random.default_rng(seed).choice(len(p), p=p / p.sum()))
