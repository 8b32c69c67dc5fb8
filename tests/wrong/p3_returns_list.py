"""Returns a list of words."""


# question: p3d
# caught by: test_words
def strongest_ngram(model, text, width=2):
    words = review_words(text)
    ids = review_ids([text])
    whole = float(model.predict_on_batch(ids)[0, 0])
    changes = []
    for start in range(max(1, len(words) - width + 1)):
        hidden = ids.copy()
        hidden[0, start : start + width] = 1
        changes.append(abs(float(model.predict_on_batch(hidden)[0, 0]) - whole))
    best = int(np.argmax(changes))
    return words[best : best + width]
