"""filter_probabilities as plain Python loops; a list comes back."""


# question: p6b
# caught by: nothing, it is right
def filter_probabilities(probabilities, top_k=None, top_p=None):
    ranked = sorted(enumerate(probabilities), key=lambda pair: pair[1], reverse=True)
    if top_k:
        ranked = ranked[:top_k]
    total = sum(p for _, p in ranked)
    if top_p:
        chosen, reached = [], 0.0
        for token, p in ranked:
            chosen.append((token, p))
            reached += p / total
            if reached >= top_p:
                break
        ranked = chosen
    total = sum(p for _, p in ranked)
    kept = [0.0] * len(probabilities)
    for token, p in ranked:
        kept[token] = float(p / total)
    return kept
