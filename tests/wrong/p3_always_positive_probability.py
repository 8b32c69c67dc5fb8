"""Gives the probability of positive for negative texts too."""


# question: p3c
# caught by: test_pairs, test_probabilities
def predict_sentiment(model, texts):
    if not texts:
        return []
    probabilities = model.predict_on_batch(review_ids(texts))[:, 0]
    return [("positive" if p > 0.5 else "negative", float(p)) for p in probabilities]
