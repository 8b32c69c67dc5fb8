"""The function is given the last word only, not all words so far."""
# question: p5c
# caught by: test_follows


def greedy_decode(next_probabilities, start=1, end=2, max_length=MAX_WORDS):
    prefix = [start]
    while len(prefix) <= max_length:
        probabilities = np.array(next_probabilities(prefix[-1:]))  # (target_words,)
        probabilities[[0, start]] = -1
        word = int(np.argmax(probabilities))
        if word == end:
            break
        prefix.append(word)
    return prefix[1:]
