"""Ranks the ids and takes the first allowed one."""
# question: p5c
# caught by: nothing


def greedy_decode(next_probabilities, start=1, end=2, max_length=MAX_WORDS):
    words = []
    for _ in range(max_length):
        ranked = np.argsort(next_probabilities([start] + words))[::-1]
        word = next(int(each) for each in ranked if each not in (0, start))
        if word == end:
            return words
        words.append(word)
    return words
