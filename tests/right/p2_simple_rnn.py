"""SimpleRNN on one-hot vectors, a TimeDistributed output layer, Adam as it comes."""


# question: p2b
def build_char_rnn(number_of_characters, units=96):
    n = number_of_characters
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            keras.layers.Embedding(n, n, weights=[np.eye(n)], trainable=False),
            keras.layers.SimpleRNN(units, return_sequences=True),
            keras.layers.TimeDistributed(keras.layers.Dense(n, activation="softmax")),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
