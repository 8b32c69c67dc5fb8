"""Predicts the texts one at a time, as NumPy integers."""


# question: p1d
# caught by: nothing
def predict_labels(model, vectorizer, texts):
    labels = []
    for text in texts:
        ids = np.array(vectorizer([text or "nothing"]))
        if ids.shape[1] == 0:
            ids = np.zeros((1, 1), dtype=int)
        labels.append(np.argmax(model.predict_on_batch(ids)[0]))
    return labels
