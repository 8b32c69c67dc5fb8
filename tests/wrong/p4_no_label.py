"""Compares start and end only."""

# question: p4d
# caught by: test_counts, test_exact_match_over_all_texts
_entity_scores = entity_scores


def entity_scores(gold, predicted):
    return _entity_scores([[e[:2] for e in g] for g in gold], [[e[:2] for e in p] for p in predicted])
