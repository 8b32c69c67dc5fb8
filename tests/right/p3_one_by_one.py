"""Predicts one text at a time and returns lists and NumPy numbers."""


# question: p3c
# caught by: nothing
def predict_sentiment(model, texts):
    answers = []
    for text in texts:
        p = model(review_ids([text])).numpy()[0, 0]
        answers.append([["negative", "positive"][int(p > 0.5)], max(p, 1 - p)])
    return answers
