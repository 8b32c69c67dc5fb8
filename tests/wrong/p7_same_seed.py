"""Uses the same seed for every operation."""


# question: p7d
# caught by: test_operations
def augment(texts, labels, synonyms, copies=4, protected=(), seed=0):
    rng = random.Random(seed)
    new_texts, new_labels = list(texts), list(labels)
    for text, label in list(zip(texts, labels)):
        for _ in range(copies):
            s = seed
            words = text.split()
            changed = [
                lambda: synonym_replacement(words, synonyms, protected=protected, seed=s),
                lambda: random_insertion(words, synonyms, protected=protected, seed=s),
                lambda: random_swap(words, protected=protected, seed=s),
                lambda: random_deletion(words, protected=protected, seed=s),
            ]
            new_texts.append(" ".join(rng.choice(changed)()))
            new_labels.append(label)
    return new_texts, new_labels
