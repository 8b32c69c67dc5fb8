"""Has a sigmoid per class instead of a softmax."""


# question: p1b
# caught by: test_shape, test_rows
def build_lstm_classifier(vocabulary_size, number_of_classes, units=32):
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            keras.layers.Embedding(vocabulary_size, units, mask_zero=True),
            keras.layers.LSTM(units),
            keras.layers.Dense(number_of_classes, activation="sigmoid"),
        ]
    )
    model.compile(optimizer=keras.optimizers.Adam(0.005), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
