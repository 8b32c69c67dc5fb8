"""No softmax: the network returns logits."""


# question: p2b
# caught by: test_probabilities
def build_char_rnn(number_of_characters, units=64):
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            keras.layers.Embedding(number_of_characters, 16),
            keras.layers.GRU(units, return_sequences=True),
            keras.layers.Dense(number_of_characters),
        ]
    )
    model.compile(keras.optimizers.Adam(0.01), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model
