"""Targets by np.roll within each window, so the last target is the window's own first character."""


# question: p2a
# caught by: test_shift, test_next
def make_training_pairs(text, characters, length):
    ids = np.array([characters.index(c) for c in text])
    n = (len(ids) - 1) // length
    inputs = ids[: n * length].reshape(n, length)
    return inputs, np.roll(inputs, -1, axis=1)
