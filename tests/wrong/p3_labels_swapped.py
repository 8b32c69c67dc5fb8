"""Mixes up the two labels."""


# question: p3c
# caught by: test_probabilities
def predict_sentiment(model, texts):
    if not texts:
        return []
    probabilities = model.predict_on_batch(review_ids(texts))[:, 0]
    return [("positive", float(1 - p)) if p < 0.5 else ("negative", float(p)) for p in probabilities]
