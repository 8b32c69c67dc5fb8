"""Sets the last fifth aside without shuffling."""


# question: p3b
# caught by: test_sorted
def train_sentiment(model, ids, labels, epochs=10, seed=0):
    keras.utils.set_random_seed(seed)
    return model.fit(ids, labels, validation_split=0.2, epochs=epochs, verbose=0).history
