"""return_sequences forgotten: one prediction per text."""


# question: p2b
# caught by: test_probabilities, test_memory, test_no_peeking, test_causal, test_learning
def build_char_rnn(number_of_characters, units=64):
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            keras.layers.Embedding(number_of_characters, 16),
            keras.layers.GRU(units),
            keras.layers.Dense(number_of_characters, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
    return model


def train_char_rnn(model, inputs, targets, epochs=10, seed=0):
    return model.fit(inputs, targets[:, -1], epochs=epochs, verbose=0).history
