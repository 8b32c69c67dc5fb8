"""Does not notice that texts are missing."""

# question: p4d
# caught by: test_edges
_entity_scores = entity_scores


def entity_scores(gold, predicted):
    n = min(len(gold), len(predicted))
    return _entity_scores(gold[:n], predicted[:n])
