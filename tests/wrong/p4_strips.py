"""Cleans the text first, which moves every place."""


# question: p4a
# caught by: test_every_entity_has_its_own_place
def extract_entities(nlp, text):
    text = " ".join(text.split())
    return [(span.text, span.label_, span.start_char, span.end_char) for span in nlp(text).ents]
