"""Counts an entity that is named twice twice."""


# question: p4d
# caught by: test_edges
def entity_scores(gold, predicted):
    if len(gold) != len(predicted):
        raise ValueError("lengths")
    right = sum(sum(e in g for e in p) for g, p in zip(gold, predicted))
    n_gold, n_predicted = sum(map(len, gold)), sum(map(len, predicted))
    precision = right / n_predicted if n_predicted else 0.0
    recall = right / n_gold if n_gold else 0.0
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall) if right else 0.0,
    }
