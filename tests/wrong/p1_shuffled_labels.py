"""Shuffles the texts without their labels."""


# question: p1c
# caught by: test_new_requests, test_new_order
def train_classifier(model, vectorizer, texts, labels, epochs=10, seed=0):
    keras.utils.set_random_seed(seed)
    texts = list(np.random.permutation(texts))
    return model.fit(np.array(vectorizer(texts)), np.array(labels), epochs=epochs, verbose=0).history
