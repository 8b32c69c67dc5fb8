"""Counts the windows without the last target, and pads it with 0."""


# question: p2a
# caught by: test_windows, test_next
def make_training_pairs(text, characters, length):
    ids = [characters.index(c) for c in text]
    n = len(ids) // length
    inputs = np.array(ids[: n * length]).reshape(n, length)
    targets = np.array((ids + [0])[1 : n * length + 1]).reshape(n, length)
    return inputs, targets
