"""The targets are the inputs themselves."""


# question: p2a
# caught by: test_shift, test_windows, test_next
def make_training_pairs(text, characters, length):
    ids = np.array([characters.index(c) for c in text])
    n = len(ids) // length
    inputs = ids[: n * length].reshape(n, length)
    return inputs, inputs.copy()
