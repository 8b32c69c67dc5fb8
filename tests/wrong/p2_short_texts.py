"""Always makes at least one window, also where the text is too short for one."""


# question: p2a
# caught by: test_windows
def make_training_pairs(text, characters, length):
    ids = np.array([characters.index(character) for character in text], dtype="int32")
    n = max(1, (len(ids) - 1) // length)
    return ids[: n * length].reshape(n, length), ids[1 : n * length + 1].reshape(n, length)
