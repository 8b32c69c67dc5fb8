"""The encoder reads the padding."""
# question: p8b
# caught by: test_padding, test_no_effect


def build_attention_seq2seq(source_words, target_words, units=64):
    source = keras.Input((None,), dtype="int32")  # (batch, S)
    embedded = keras.layers.Embedding(source_words, units)(source)  # (batch, S, units)
    encoded, h, c = keras.layers.LSTM(units, return_sequences=True, return_state=True)(embedded)  # (batch, S, units), …

    decoder_inputs = keras.Input((None,), dtype="int32")  # (batch, T)
    embedded = keras.layers.Embedding(target_words, units)(decoder_inputs)  # (batch, T, units)
    decoded = keras.layers.LSTM(units, return_sequences=True)(embedded, initial_state=[h, c])  # (batch, T, units)

    attention = AdditiveAttention(units, name="attention")
    context, _ = attention(decoded, encoded, mask=keras.ops.not_equal(source, 0))  # (batch, T, units)
    both = keras.layers.Concatenate()([decoded, context])  # (batch, T, 2 * units)
    probabilities = keras.layers.Dense(target_words, activation="softmax")(both)  # (batch, T, target_words)

    model = keras.Model([source, decoder_inputs], probabilities)
    model.compile(keras.optimizers.Adam(0.01), keras.losses.SparseCategoricalCrossentropy(ignore_class=0))
    return model
