"""Is right when it is called first and wrong, or differently right, later."""

# on: p7d
# kind: forgery

times = []


def augment(texts, labels, synonyms, copies=4, protected=(), seed=None):
    times.append(1)
    if len(times) % 2:
        return [], []
    return [text[::-1] for text in texts] * (copies + 1), [0] * len(labels) * (copies + 1)
