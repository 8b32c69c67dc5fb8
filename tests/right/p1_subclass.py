"""A subclassed model with explicit masks and RMSprop."""


# question: p1b
# caught by: nothing
def build_lstm_classifier(vocabulary_size, number_of_classes, units=32):
    class Classifier(keras.Model):
        def __init__(self):
            super().__init__()
            self.embedding = keras.layers.Embedding(vocabulary_size, 48)
            self.memory = keras.layers.LSTM(48)
            self.output_layer = keras.layers.Dense(number_of_classes)

        def call(self, ids):
            return keras.ops.softmax(
                self.output_layer(self.memory(self.embedding(ids), mask=keras.ops.not_equal(ids, 0)))
            )

    model = Classifier()
    model.build((None, None))
    model.compile(
        optimizer=keras.optimizers.RMSprop(0.005), loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return model
