"""No recurrent layer: a bigram model with Dense layers."""


# question: p2b
# caught by: test_memory, test_perplexity
def build_char_rnn(number_of_characters, units=64):
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            keras.layers.Embedding(number_of_characters, 16),
            keras.layers.Dense(units, activation="tanh"),
            keras.layers.Dense(number_of_characters, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
    return model
