"""The seed is not used."""


# question: p2c
# caught by: test_seeds, test_frequencies
def sample_next(probabilities, temperature=1.0, seed=None):
    p = np.asarray(probabilities, dtype="float64")
    if temperature == 0:
        return p.argmax(axis=1)
    with np.errstate(divide="ignore"):
        g = np.log(p) / temperature + np.random.gumbel(size=p.shape)
    return g.argmax(axis=1)
