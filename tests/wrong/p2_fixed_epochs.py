"""Ignores epochs: one epoch only."""


# question: p2b
# caught by: test_training, test_learning
def train_char_rnn(model, inputs, targets, epochs=10, seed=0):
    keras.utils.set_random_seed(seed)
    return model.fit(inputs, targets, batch_size=32, verbose=0).history
