"""Applies all four operations to each copy."""


# question: p7d
# caught by: test_operations
def augment(texts, labels, synonyms, copies=4, protected=(), seed=0):
    rng = random.Random(seed)
    new_texts, new_labels = list(texts), list(labels)
    for text, label in zip(texts, labels):
        for _ in range(copies):
            s = [rng.randrange(2**32) for _ in range(4)]
            words = synonym_replacement(text.split(), synonyms, protected=protected, seed=s[0])
            words = random_insertion(words, synonyms, protected=protected, seed=s[1])
            words = random_deletion(random_swap(words, protected=protected, seed=s[2]), protected=protected, seed=s[3])
            new_texts.append(" ".join(words))
            new_labels.append(label)
    return new_texts, new_labels
