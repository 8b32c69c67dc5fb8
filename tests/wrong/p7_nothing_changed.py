"""Copies the texts unchanged."""


# question: p7d
# caught by: test_copies_differ
def augment(texts, labels, synonyms, copies=4, protected=(), seed=0):
    return list(texts) * (1 + copies), list(labels) * (1 + copies)
