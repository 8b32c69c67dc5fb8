"""Forgets the seed, so that no training can be repeated."""


# question: p3b
# caught by: test_sorted
def train_sentiment(model, ids, labels, epochs=10, seed=0):
    order = np.random.default_rng().permutation(len(ids))
    ids, labels = np.array(ids)[order], np.array(labels)[order]
    return model.fit(ids, labels, validation_split=0.2, epochs=epochs, verbose=0).history
