"""GRU and masked embeddings on both sides; the mask from compute_mask."""
# question: p8b
# caught by: nothing


def build_attention_seq2seq(source_words, target_words, units=64):
    source, read = keras.Input((None,), dtype="int32"), keras.Input((None,), dtype="int32")
    english = keras.layers.Embedding(source_words, units, mask_zero=True)
    french = keras.layers.Embedding(target_words, units, mask_zero=True)
    encoded, state = keras.layers.GRU(units, return_sequences=True, return_state=True)(english(source))
    decoded = keras.layers.GRU(units, return_sequences=True)(french(read), initial_state=state)
    context, _ = AdditiveAttention(units, name="attention")(decoded, encoded, mask=english.compute_mask(source))
    both = keras.layers.Concatenate()([decoded, context])
    model = keras.Model([source, read], keras.layers.Dense(target_words, activation="softmax")(both))
    model.compile(keras.optimizers.Adam(0.01), keras.losses.SparseCategoricalCrossentropy(ignore_class=0))
    return model
