"""Sets half of the texts aside."""


# question: p3b
# caught by: test_set_aside
def train_sentiment(model, ids, labels, epochs=10, seed=0):
    keras.utils.set_random_seed(seed)
    order = np.random.permutation(len(ids))
    ids, labels = np.array(ids)[order], np.array(labels)[order]
    return model.fit(ids, labels, validation_split=0.5, epochs=epochs, verbose=0).history
