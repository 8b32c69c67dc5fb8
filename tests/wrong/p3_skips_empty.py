"""Leaves empty texts out."""


# question: p3c
# caught by: test_any_texts
def predict_sentiment(model, texts):
    texts = [text for text in texts if text]
    if not texts:
        return []
    probabilities = model.predict_on_batch(review_ids(texts))[:, 0]
    return [("positive", float(p)) if p > 0.5 else ("negative", float(1 - p)) for p in probabilities]
