"""Averages the word vectors instead of reading them in order."""


# question: p1b
# caught by: test_order, test_new_order
def build_lstm_classifier(vocabulary_size, number_of_classes, units=32):
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            keras.layers.Embedding(vocabulary_size, units, mask_zero=True),
            keras.layers.GlobalAveragePooling1D(),
            keras.layers.Dense(number_of_classes, activation="softmax"),
        ]
    )
    model.compile(optimizer=keras.optimizers.Adam(0.005), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
