"""Trains nothing and makes the history up."""


# question: p2b
# caught by: test_learning
def train_char_rnn(model, inputs, targets, epochs=8, seed=0):
    return {"loss": [99.0] * epochs}
