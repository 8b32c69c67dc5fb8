"""Two classes with a softmax."""


# question: p3a
# caught by: test_shape
def build_cnn_classifier(vocabulary_size, filters=64, width=3):
    ids = keras.Input((None,), dtype="int32")
    x = keras.layers.Embedding(vocabulary_size, 32)(ids)
    x = keras.layers.Conv1D(filters, width, activation="relu")(x)
    x = keras.layers.GlobalMaxPooling1D()(x)
    x = keras.layers.Dense(2, activation="softmax")(x)
    model = keras.Model(ids, x)
    model.compile(optimizer=keras.optimizers.Adam(0.002), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
