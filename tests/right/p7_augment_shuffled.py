"""Copies in shuffled order, texts and labels together."""


# question: p7d
def augment(texts, labels, synonyms, copies=4, protected=(), seed=0):
    rng = random.Random(seed)
    jobs = [(text, label) for text, label in zip(texts, labels) for _ in range(copies)]
    rng.shuffle(jobs)
    with_dictionary, without = (synonym_replacement, random_insertion), (random_swap, random_deletion)
    copies_made = []
    for text, label in jobs:
        s = rng.getrandbits(30)
        if rng.random() < 0.5:
            words = rng.choice(with_dictionary)(text.split(), synonyms, protected=protected, seed=s)
        else:
            words = rng.choice(without)(text.split(), protected=protected, seed=s)
        copies_made.append((" ".join(words), label))
    return texts + [t for t, _ in copies_made], labels + [y for _, y in copies_made]
