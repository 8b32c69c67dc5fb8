"""Returns the probabilities in sorted order, so they belong to other tokens."""


# question: p6b
# caught by: test_hidden_top_k, test_hidden_top_p
def filter_probabilities(probabilities, top_k=None, top_p=None):
    kept = np.sort(np.array(probabilities, dtype=float))[::-1].copy()
    if top_k is not None:
        kept[top_k:] = 0
        kept /= kept.sum()
    if top_p is not None:
        kept[np.cumsum(kept) - kept >= top_p] = 0
        kept /= kept.sum()
    return kept
