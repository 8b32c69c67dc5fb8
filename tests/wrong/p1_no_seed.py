"""Forgets the seed."""


# question: p1c
# caught by: test_same_seed
def train_classifier(model, vectorizer, texts, labels, epochs=10, seed=0):
    return model.fit(np.array(vectorizer(texts)), np.array(labels), epochs=epochs, verbose=0).history
