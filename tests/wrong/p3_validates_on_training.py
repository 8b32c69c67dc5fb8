"""Validates on texts it has trained on."""


# question: p3b
# caught by: test_set_aside
def train_sentiment(model, ids, labels, epochs=10, seed=0):
    keras.utils.set_random_seed(seed)
    chosen = np.random.permutation(len(ids))[: len(ids) // 5]
    return model.fit(ids, labels, validation_data=(ids[chosen], labels[chosen]), epochs=epochs, verbose=0).history
