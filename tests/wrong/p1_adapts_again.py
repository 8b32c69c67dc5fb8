"""Lets the vectorizer learn the new texts too."""


# question: p1d
# caught by: test_many_labels
def predict_labels(model, vectorizer, texts):
    if not texts:
        return []
    labels = model.predict_on_batch(np.pad(np.array(vectorizer(texts)), ((0, 0), (0, 1)))).argmax(axis=1).tolist()
    vectorizer.adapt(texts)
    return labels
