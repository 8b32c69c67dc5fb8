"""Texts come text by text, labels round by round."""


# question: p7d
# caught by: test_labels
def augment(texts, labels, synonyms, copies=4, protected=(), seed=0):
    rng = random.Random(seed)
    new = list(texts)
    for text in texts:
        for _ in range(copies):
            new.append(" ".join(random_deletion(text.split(), protected=protected, seed=rng.randrange(2**32))))
    return new, list(labels) * (1 + copies)
