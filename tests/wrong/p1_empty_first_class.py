"""Skips empty texts, so that the labels move up."""


# question: p1d
# caught by: test_odd_texts
def predict_labels(model, vectorizer, texts):
    texts = [text for text in texts if text]
    return [int(model.predict_on_batch(np.array(vectorizer([text]))).argmax()) for text in texts]
