"""Padding means stop."""
# question: p5c
# caught by: test_no_padding


def greedy_decode(next_probabilities, start=1, end=2, max_length=MAX_WORDS):
    prefix = [start]
    while len(prefix) <= max_length:
        probabilities = np.array(next_probabilities(prefix))  # (target_words,)
        word = int(np.argmax(probabilities))
        if word in (0, start, end):
            break
        prefix.append(word)
    return prefix[1:]
