"""One-hot floats instead of ids."""


# question: p2a
# caught by: test_ids, test_shift, test_windows, test_next
def make_training_pairs(text, characters, length):
    ids = np.array([characters.index(c) for c in text])
    n = (len(ids) - 1) // length
    eye = np.eye(len(characters))
    return eye[ids[: n * length].reshape(n, length)], eye[ids[1 : n * length + 1].reshape(n, length)]
