"""Returns labels without probabilities."""


# question: p3c
# caught by: test_pairs
def predict_sentiment(model, texts):
    if not texts:
        return []
    probabilities = model.predict_on_batch(review_ids(texts))[:, 0]
    return ["positive" if p > 0.5 else "negative" for p in probabilities]
