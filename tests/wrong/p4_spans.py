"""Gives the Span, not its text."""


# question: p4a
# caught by: test_lists_entities, test_every_entity_has_its_own_place
def extract_entities(nlp, text):
    return [(span, span.label_, span.start_char, span.end_char) for span in nlp(text).ents]
