"""Shuffles ids and labels separately."""


# question: p3b
# caught by: test_sorted, test_opinions, test_twins
def train_sentiment(model, ids, labels, epochs=10, seed=0):
    keras.utils.set_random_seed(seed)
    ids, labels = np.random.permutation(ids), np.random.permutation(labels)
    return model.fit(ids, labels, validation_split=0.2, epochs=epochs, verbose=0).history
