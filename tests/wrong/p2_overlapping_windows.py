"""Windows start at every character (sliding, overlapping)."""


# question: p2a
# caught by: test_ids, test_shift, test_windows, test_next
def make_training_pairs(text, characters, length):
    ids = np.array([characters.index(c) for c in text])
    n = len(ids) - length
    inputs = np.array([ids[i : i + length] for i in range(n)])
    targets = np.array([ids[i + 1 : i + 1 + length] for i in range(n)])
    return inputs, targets
