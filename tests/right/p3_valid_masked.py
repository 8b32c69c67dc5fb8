"""Valid convolution behind a masking embedding, default Adam."""


# question: p3a
# caught by: nothing
def build_cnn_classifier(vocabulary_size, filters=64, width=3):
    ids = keras.Input((None,), dtype="int32")
    x = keras.layers.Embedding(vocabulary_size, 32, mask_zero=True)(ids)
    x = keras.layers.Conv1D(filters, width, activation="relu")(x)
    x = keras.layers.GlobalMaxPooling1D()(x)
    x = keras.layers.Dense(1, activation="sigmoid")(x)
    model = keras.Model(ids, x)
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model
