"""Divides by zero if nothing is predicted."""


# question: p4d
# caught by: test_nothing_found, test_edges
def entity_scores(gold, predicted):
    if len(gold) != len(predicted):
        raise ValueError("lengths")
    right = sum(len(set(g) & set(p)) for g, p in zip(gold, predicted))
    precision = right / sum(len(set(p)) for p in predicted)
    recall = right / sum(len(set(g)) for g in gold)
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / (precision + recall)}
