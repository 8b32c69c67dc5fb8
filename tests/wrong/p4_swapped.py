"""Swaps precision and recall."""

# question: p4d
# caught by: test_counts, test_exact_match_over_all_texts
_entity_scores = entity_scores


def entity_scores(gold, predicted):
    return _entity_scores(predicted, gold)
