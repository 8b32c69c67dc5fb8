"""Takes the largest number of each column."""


# question: p1d
# caught by: test_labels, test_many_labels
def predict_labels(model, vectorizer, texts):
    if not texts:
        return []
    return model.predict_on_batch(np.pad(np.array(vectorizer(texts)), ((0, 0), (0, 1)))).argmax(axis=0).tolist()
