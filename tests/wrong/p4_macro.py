"""Averages the scores of the texts."""


# question: p4d
# caught by: test_counts, test_exact_match_over_all_texts
def entity_scores(gold, predicted):
    if len(gold) != len(predicted):
        raise ValueError("lengths")
    rows = []
    for g, p in zip(gold, predicted):
        right = len(set(g) & set(p))
        precision = right / len(set(p)) if p else 0.0
        recall = right / len(set(g)) if g else 0.0
        rows.append((precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0))
    mean = np.mean(rows, axis=0) if rows else np.zeros(3)
    return dict(zip(("precision", "recall", "f1"), mean))
