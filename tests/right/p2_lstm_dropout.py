"""Two LSTM layers with dropout; a custom training loop with train_on_batch."""


# question: p2b
def build_char_rnn(number_of_characters, units=64):
    ids = keras.Input((None,), dtype="int32")
    x = keras.layers.Embedding(number_of_characters, 24)(ids)
    x = keras.layers.LSTM(units, return_sequences=True)(x)
    x = keras.layers.Dropout(0.1)(x)
    x = keras.layers.LSTM(units, return_sequences=True)(x)
    model = keras.Model(ids, keras.layers.Dense(number_of_characters, activation="softmax")(x))
    model.compile(keras.optimizers.Adam(5e-3), loss=keras.losses.SparseCategoricalCrossentropy())
    return model


def train_char_rnn(model, inputs, targets, epochs=10, seed=0):
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    history = {"loss": []}
    for _ in range(epochs):
        losses = []
        for rows in np.array_split(rng.permutation(len(inputs)), max(1, len(inputs) // 32)):
            losses.append(float(model.train_on_batch(inputs[rows], targets[rows])))
            model.reset_metrics()
        history["loss"].append(float(np.mean(losses)))
    return history
