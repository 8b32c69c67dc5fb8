"""Says 1.0 for every answer."""


# question: p3c
# caught by: test_probabilities
def predict_sentiment(model, texts):
    if not texts:
        return []
    probabilities = model.predict_on_batch(review_ids(texts))[:, 0]
    return [("positive" if p > 0.5 else "negative", 1.0) for p in probabilities]
