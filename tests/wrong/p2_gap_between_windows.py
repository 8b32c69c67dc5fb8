"""Cuts chunks of length + 1, so one character is lost between windows."""


# question: p2a
# caught by: test_ids, test_shift, test_windows, test_next
def make_training_pairs(text, characters, length):
    ids = np.array([characters.index(c) for c in text])
    n = len(ids) // (length + 1)
    chunks = ids[: n * (length + 1)].reshape(n, length + 1)
    return chunks[:, :-1], chunks[:, 1:]
