"""Does not validate."""


# question: p3b
# caught by: test_history
def train_sentiment(model, ids, labels, epochs=10, seed=0):
    keras.utils.set_random_seed(seed)
    return model.fit(ids, labels, epochs=epochs, verbose=0).history
