"""Gives span.label, a number, as the label."""


# question: p4a
# caught by: test_lists_entities, test_every_entity_has_its_own_place
def extract_entities(nlp, text):
    return [(span.text, span.label, span.start_char, span.end_char) for span in nlp(text).ents]
