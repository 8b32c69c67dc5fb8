"""Ids from sorted(set(text)) instead of the alphabet given; unknown characters pass."""


# question: p2a
# caught by: test_ids, test_unknown, test_windows, test_next
def make_training_pairs(text, characters, length):
    characters = sorted(set(text))
    ids = np.array([characters.index(c) for c in text])
    n = (len(ids) - 1) // length
    return ids[: n * length].reshape(n, length), ids[1 : n * length + 1].reshape(n, length)
