"""Does not make the rest sum to 1."""


# question: p6b
# caught by: test_hidden_top_k, test_hidden_top_p
def filter_probabilities(probabilities, top_k=None, top_p=None):
    kept = np.array(probabilities, dtype=float)
    order = np.argsort(-kept)
    if top_k is not None:
        kept[order[top_k:]] = 0
    if top_p is not None:
        before = np.cumsum(kept[order]) - kept[order]
        kept[order[before >= top_p]] = 0
    return kept
