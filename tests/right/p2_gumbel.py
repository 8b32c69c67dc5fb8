"""Gumbel-max, and plain Python lists of windows."""


# question: p2c
def sample_next(probabilities, temperature=1.0, seed=None):
    probabilities = np.asarray(probabilities)
    if temperature < 1e-6:
        return np.argmax(probabilities, axis=-1)
    with np.errstate(divide="ignore"):
        logits = np.log(probabilities.astype(float)) / temperature
    return np.argmax(logits + np.random.default_rng(seed).gumbel(size=logits.shape), axis=-1)
