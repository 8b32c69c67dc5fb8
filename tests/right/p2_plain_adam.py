"""Adam with its default learning rate: slower, but it learns."""


# question: p2b
def build_char_rnn(number_of_characters, units=64):
    model = keras.Sequential(
        [
            keras.layers.Embedding(number_of_characters, 64),
            keras.layers.GRU(units, return_sequences=True),
            keras.layers.Dense(number_of_characters, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    return model
