"""Calls a text positive from a probability of 0.25 on."""


# question: p3c
# caught by: test_probabilities
def predict_sentiment(model, texts):
    if not texts:
        return []
    probabilities = model.predict_on_batch(review_ids(texts))[:, 0]
    return [("positive", float(p)) if p > 0.25 else ("negative", float(1 - p)) for p in probabilities]
