"""Gives places in tokens (span.start), not in characters."""


# question: p4a
# caught by: test_lists_entities, test_every_entity_has_its_own_place
def extract_entities(nlp, text):
    return [(span.text, span.label_, span.start, span.end) for span in nlp(text).ents]
