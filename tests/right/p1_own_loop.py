"""An own training loop over batches."""


# question: p1c
# caught by: nothing
def train_classifier(model, vectorizer, texts, labels, epochs=10, seed=0):
    rng = np.random.default_rng(seed)
    ids, labels = np.array(vectorizer(texts)), np.array(labels)
    history = {"loss": [], "accuracy": []}
    for _ in range(epochs):
        order = rng.permutation(len(ids))
        model.reset_metrics()
        for start in range(0, len(ids), 32):
            batch = order[start : start + 32]
            loss, accuracy = model.train_on_batch(ids[batch], labels[batch])
        history["loss"].append(float(loss))
        history["accuracy"].append(float(accuracy))
    return history
