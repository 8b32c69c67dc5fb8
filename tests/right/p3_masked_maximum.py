"""Sets windows of padding to a large negative number before the maximum; two dense layers."""


# question: p3a
# caught by: nothing
def build_cnn_classifier(vocabulary_size, filters=64, width=3):
    ids = keras.Input((None,), dtype="int32")
    x = keras.layers.Embedding(vocabulary_size, 24)(ids)
    x = keras.layers.Conv1D(filters, width, activation="tanh", padding="same")(x)
    real = keras.ops.expand_dims(keras.ops.cast(keras.ops.not_equal(ids, 0), "float32"), -1)
    x = keras.ops.max(x - 2.0 * (1.0 - real), axis=1)
    x = keras.layers.Dense(16, activation="relu")(x)
    model = keras.Model(ids, keras.layers.Dense(1, activation="sigmoid")(x))
    model.compile(optimizer=keras.optimizers.Adam(0.002), loss="binary_crossentropy", metrics=["accuracy"])
    return model
