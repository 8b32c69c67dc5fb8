"""Forgets the seed of the training."""


# question: p2b
# caught by: test_learning
def train_char_rnn(model, inputs, targets, epochs=8, seed=0):
    return model.fit(inputs, targets, batch_size=16, epochs=epochs, verbose=0).history
