"""Finds no place in a text with fewer words than asked for."""


# question: p3d
# caught by: test_words, test_strongest
def strongest_ngram(model, text, width=2):
    words = review_words(text)
    starts = range(len(words) - width + 1)
    ids = review_ids([text]).repeat(len(starts) + 1, axis=0)
    for row, start in enumerate(starts):
        ids[row, start : start + width] = 1
    probabilities = model.predict_on_batch(ids)[:, 0]
    best = int(np.abs(probabilities[:-1] - probabilities[-1]).argmax())
    return " ".join(words[best : best + width])
