"""Trains nothing and makes the history up."""


# question: p3b
# caught by: test_set_aside, test_sorted
def train_sentiment(model, ids, labels, epochs=10, seed=0):
    return {name: [0.5] * epochs for name in ("loss", "accuracy", "val_loss", "val_accuracy")}
