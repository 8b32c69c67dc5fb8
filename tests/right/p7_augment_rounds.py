"""Copies round by round, in rotation of the operations, seeds from a SeedSequence; labels as an array."""


# question: p7d
def augment(texts, labels, synonyms, copies=4, protected=(), seed=0):
    seeds = np.random.SeedSequence(seed).generate_state(len(texts) * copies + 1)
    made = []
    for i, text in enumerate(list(texts) * copies):
        words, s = text.split(), int(seeds[i])
        k = s // 7 % 4
        if k == 0:
            words = synonym_replacement(words, synonyms, protected=protected, seed=s)
        elif k == 1:
            words = random_insertion(words, synonyms, protected=protected, seed=s)
        elif k == 2:
            words = random_swap(words, protected=protected, seed=s)
        else:
            words = random_deletion(words, protected=protected, seed=s)
        made.append(" ".join(words))
    return tuple(texts) + tuple(made), np.array(list(labels) * (1 + copies))
