"""Splits by hand and keeps its own history."""


# question: p3b
# caught by: nothing
def train_sentiment(model, ids, labels, epochs=10, seed=0):
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(ids))
    held, kept = order[: len(ids) // 5], order[len(ids) // 5 :]
    history = {"loss": [], "accuracy": [], "val_loss": [], "val_accuracy": []}
    for _ in range(epochs):
        for batch in np.array_split(rng.permutation(kept), max(1, len(kept) // 32)):
            model.train_on_batch(ids[batch], labels[batch])
        for prefix, rows in (("", kept), ("val_", held)):
            loss, accuracy = model.evaluate(ids[rows], labels[rows], verbose=0)
            history[prefix + "loss"].append(loss)
            history[prefix + "accuracy"].append(accuracy)
    return history
