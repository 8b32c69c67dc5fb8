"""Does not think of empty texts."""


# question: p1d
# caught by: test_odd_texts
def predict_labels(model, vectorizer, texts):
    if not texts:
        return []
    return model.predict_on_batch(np.array(vectorizer(texts))).argmax(axis=1).tolist()
