"""Plain SGD with a small learning rate: the network hardly learns."""


# question: p2b
# caught by: test_perplexity
def build_char_rnn(number_of_characters, units=64):
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            keras.layers.Embedding(number_of_characters, 16),
            keras.layers.GRU(units, return_sequences=True),
            keras.layers.Dense(number_of_characters, activation="softmax"),
        ]
    )
    model.compile("sgd", "sparse_categorical_crossentropy")
    return model
