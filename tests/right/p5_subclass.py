"""A subclassed model with a bidirectional encoder, masks computed by hand, logits in the loss by Keras' mask."""
# question: p5b
# caught by: nothing


def build_seq2seq(source_words, target_words, units=96):
    class Translator(keras.Model):
        def __init__(self):
            super().__init__()
            self.english = keras.layers.Embedding(source_words, units)
            self.french = keras.layers.Embedding(target_words, units)
            self.encoder = keras.layers.Bidirectional(keras.layers.LSTM(units // 2, return_state=True))
            self.decoder = keras.layers.LSTM(units, return_sequences=True)
            self.output_layer = keras.layers.Dense(target_words, activation="softmax")

        def call(self, inputs):
            source, decoder_inputs = inputs
            _, h1, c1, h2, c2 = self.encoder(self.english(source), mask=keras.ops.not_equal(source, 0))
            state = [keras.ops.concatenate([h1, h2], axis=-1), keras.ops.concatenate([c1, c2], axis=-1)]
            return self.output_layer(self.decoder(self.french(decoder_inputs), initial_state=state))

    def loss(targets, probabilities):
        right = keras.losses.sparse_categorical_crossentropy(targets, probabilities)
        counts = keras.ops.cast(keras.ops.not_equal(targets, 0), "float32")
        return keras.ops.sum(right * counts) / keras.ops.sum(counts)

    model = Translator()
    model.compile(keras.optimizers.Adam(0.01), loss)
    return model
