"""Trains a copy of the model."""


# question: p1c
# caught by: test_history, test_same_seed
def train_classifier(model, vectorizer, texts, labels, epochs=10, seed=0):
    keras.utils.set_random_seed(seed)
    copy = keras.models.clone_model(model)
    copy.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return copy.fit(np.array(vectorizer(texts)), np.array(labels), epochs=epochs, verbose=0).history
