"""Keeps the tokens whose own probability is at least 1 - top_p (a threshold instead of a sum)."""


# question: p6b
# caught by: test_hidden_top_p
def filter_probabilities(probabilities, top_k=None, top_p=None):
    kept = np.array(probabilities, dtype=float)
    order = np.argsort(-kept)
    if top_k is not None:
        kept[order[top_k:]] = 0
        kept /= kept.sum()
    if top_p is not None:
        kept[(kept < 1 - top_p) & (kept < kept.max())] = 0
        kept /= kept.sum()
    return kept
