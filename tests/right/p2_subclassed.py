"""A subclassed model whose layers give logits, softmax in call; History attribute as dict."""


# question: p2b
class CharRNN(keras.Model):
    def __init__(self, characters, units):
        super().__init__()
        self.embedding = keras.layers.Embedding(characters, 32)
        self.rnn = keras.layers.GRU(units, return_sequences=True)
        self.dense = keras.layers.Dense(characters)

    def call(self, ids):
        return keras.ops.softmax(self.dense(self.rnn(self.embedding(ids))))


def build_char_rnn(number_of_characters, units=48):
    model = CharRNN(number_of_characters, units)
    model.compile(keras.optimizers.RMSprop(0.005), "sparse_categorical_crossentropy")
    return model


def train_char_rnn(model, inputs, targets, epochs=10, seed=0):
    keras.utils.set_random_seed(seed)
    history = model.fit(inputs, targets, epochs=epochs, verbose=0, shuffle=False)
    return dict(history.history)
