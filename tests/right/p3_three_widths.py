"""Three filter widths side by side, with dropout (Kim 2014)."""


# question: p3a
# caught by: nothing
def build_cnn_classifier(vocabulary_size, filters=64, width=3):
    ids = keras.Input((None,), dtype="int32")
    x = keras.layers.Embedding(vocabulary_size, 32)(ids)
    x = keras.layers.Concatenate()(
        [
            keras.layers.GlobalMaxPooling1D()(
                keras.layers.Conv1D(filters // 2, k, activation="relu", padding="same")(x)
            )
            for k in (2, 3, 4)
        ]
    )
    x = keras.layers.Dropout(0.2)(x)
    x = keras.layers.Dense(1, activation="sigmoid")(x)
    model = keras.Model(ids, x)
    model.compile(optimizer=keras.optimizers.Adam(0.002), loss="binary_crossentropy", metrics=["accuracy"])
    return model
