"""Trains a clone of the model and returns its history."""


# question: p2b
# caught by: test_learning, test_perplexity
def train_char_rnn(model, inputs, targets, epochs=10, seed=0):
    keras.utils.set_random_seed(seed)
    copy = keras.models.clone_model(model)
    copy.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
    return copy.fit(inputs, targets, epochs=epochs, verbose=0).history
