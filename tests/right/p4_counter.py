"""Counts with own loops and NumPy numbers."""


# question: p4d
# caught by:
def entity_scores(gold, predicted):
    if len(gold) != len(predicted):
        raise ValueError("not the same texts")
    gold = {(i, *entity) for i, text in enumerate(gold) for entity in text}
    predicted = {(i, *entity) for i, text in enumerate(predicted) for entity in text}
    tp, fp, fn = np.float64(len(gold & predicted)), len(predicted - gold), len(gold - predicted)
    divide = lambda a, b: a / b if b else np.float64(0)
    return {
        "recall": divide(tp, tp + fn),
        "precision": divide(tp, tp + fp),
        "f1": divide(2 * tp, 2 * tp + fp + fn),
        "support": len(gold),
    }
