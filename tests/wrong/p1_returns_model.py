"""Returns the model instead of the history."""


# question: p1c
# caught by: test_history
def train_classifier(model, vectorizer, texts, labels, epochs=10, seed=0):
    keras.utils.set_random_seed(seed)
    model.fit(np.array(vectorizer(texts)), np.array(labels), epochs=epochs, verbose=0)
    return model
