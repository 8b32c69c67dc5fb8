"""Always trains for one epoch."""


# question: p1c
# caught by: test_history, test_new_order
def train_classifier(model, vectorizer, texts, labels, epochs=10, seed=0):
    keras.utils.set_random_seed(seed)
    return model.fit(np.array(vectorizer(texts)), np.array(labels), verbose=0).history
