"""A Sequential model with a bidirectional LSTM and dropout."""


# question: p1b
# caught by: nothing
def build_lstm_classifier(vocabulary_size, number_of_classes, units=32):
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            keras.layers.Embedding(vocabulary_size, units, mask_zero=True),
            keras.layers.Bidirectional(keras.layers.LSTM(24)),
            keras.layers.Dropout(0.1),
            keras.layers.Dense(number_of_classes, activation="softmax"),
        ]
    )
    model.compile(optimizer=keras.optimizers.Adam(0.005), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
