"""Gives 1.0 where there is nothing to find."""

# question: p4d
# caught by: test_edges
_entity_scores = entity_scores


def entity_scores(gold, predicted):
    if not any(gold) and not any(predicted):
        return {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    return _entity_scores(gold, predicted)
