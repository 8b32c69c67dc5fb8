"""The decoder sees the source at every step and never its own words."""
# question: p5b
# caught by: test_causal


def build_seq2seq(source_words, target_words, units=96):
    source = keras.Input((None,), dtype="int32")  # (batch, S)
    embedded = keras.layers.Embedding(source_words, units, mask_zero=True)(source)  # (batch, S, units)
    _, h, c = keras.layers.LSTM(units, return_state=True)(embedded)  # (batch, units) each

    decoder_inputs = keras.Input((None,), dtype="int32")  # (batch, T)
    embedded = keras.layers.Embedding(target_words, units)(decoder_inputs)  # (batch, T, units)
    decoded = keras.layers.LSTM(units, return_sequences=True)(
        keras.layers.Lambda(lambda e: 0 * e[0] + keras.ops.expand_dims(e[1], 1))([embedded, h]), initial_state=[h, c]
    )  # (batch, T, units)
    probabilities = keras.layers.Dense(target_words, activation="softmax")(decoded)  # (batch, T, target_words)

    model = keras.Model([source, decoder_inputs], probabilities)
    model.compile(keras.optimizers.Adam(0.01), keras.losses.SparseCategoricalCrossentropy(ignore_class=0))
    return model
