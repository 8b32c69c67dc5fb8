"""Drops entities with a name that was seen before."""


# question: p4a
# caught by: test_every_entity_has_its_own_place
def extract_entities(nlp, text):
    found = {span.text: (span.text, span.label_, span.start_char, span.end_char) for span in nlp(text).ents}
    return list(found.values())
