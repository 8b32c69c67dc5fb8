"""The end marker stays in the result."""
# question: p5c
# caught by: test_follows, test_stops


def greedy_decode(next_probabilities, start=1, end=2, max_length=MAX_WORDS):
    prefix = [start]
    while len(prefix) <= max_length:
        probabilities = np.array(next_probabilities(prefix))  # (target_words,)
        probabilities[[0, start]] = -1
        word = int(np.argmax(probabilities))
        prefix.append(word)
        if word == end:
            break
    return prefix[1:]
