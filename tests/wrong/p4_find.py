"""Looks the name up with str.find, which gives the first place for a name that comes twice."""


# question: p4a
# caught by: test_every_entity_has_its_own_place
def extract_entities(nlp, text):
    out = []
    for span in nlp(text).ents:
        start = text.find(span.text)
        out.append((span.text, span.label_, start, start + len(span.text)))
    return out
