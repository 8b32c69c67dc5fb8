"""The output has no softmax."""
# question: p5b
# caught by: test_shape


def build_seq2seq(source_words, target_words, units=96):
    source = keras.Input((None,), dtype="int32")  # (batch, S)
    embedded = keras.layers.Embedding(source_words, units, mask_zero=True)(source)  # (batch, S, units)
    _, h, c = keras.layers.LSTM(units, return_state=True)(embedded)  # (batch, units) each

    decoder_inputs = keras.Input((None,), dtype="int32")  # (batch, T)
    embedded = keras.layers.Embedding(target_words, units)(decoder_inputs)  # (batch, T, units)
    decoded = keras.layers.LSTM(units, return_sequences=True)(embedded, initial_state=[h, c])  # (batch, T, units)
    probabilities = keras.layers.Dense(target_words)(decoded)  # (batch, T, target_words)

    model = keras.Model([source, decoder_inputs], probabilities)
    model.compile(keras.optimizers.Adam(0.01), keras.losses.SparseCategoricalCrossentropy(ignore_class=0))
    return model
