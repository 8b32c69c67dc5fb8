"""Returns the probabilities."""


# question: p1d
# caught by: test_labels, test_many_labels
def predict_labels(model, vectorizer, texts):
    return model.predict_on_batch(np.array(vectorizer(texts)))
