"""One word more than max_length."""
# question: p5c
# caught by: test_stops


def greedy_decode(next_probabilities, start=1, end=2, max_length=MAX_WORDS):
    prefix = [start]
    while len(prefix) <= max_length + 1:
        probabilities = np.array(next_probabilities(prefix))  # (target_words,)
        probabilities[[0, start]] = -1
        word = int(np.argmax(probabilities))
        if word == end:
            break
        prefix.append(word)
    return prefix[1:]
