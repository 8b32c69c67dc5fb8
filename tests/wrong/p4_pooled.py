"""Throws the entities of all texts into one set."""

# question: p4d
# caught by: test_exact_match_over_all_texts
_entity_scores = entity_scores


def entity_scores(gold, predicted):
    if len(gold) != len(predicted):
        raise ValueError("lengths")
    return _entity_scores([sum(gold, [])], [sum(predicted, [])])
