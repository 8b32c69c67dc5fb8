"""Keeps one token too many where the sum is exactly top_p."""


# question: p6b
# caught by: test_hidden_top_p
def filter_probabilities(probabilities, top_k=None, top_p=None):
    kept = np.array(probabilities, dtype=float)
    order = np.argsort(-kept)
    if top_k is not None:
        kept[order[top_k:]] = 0
        kept /= kept.sum()
    if top_p is not None:
        before = np.cumsum(kept[order]) - kept[order]
        kept[order[before > top_p]] = 0
        kept /= kept.sum()
    return kept
