"""Assigns doc.ents anew for every entity, so that only the last one stays."""


# question: p4b
# caught by: test_marks_the_entities, test_marks_exactly_what_is_given
def make_gold_doc(nlp, text, entities):
    doc = nlp.make_doc(text)
    for start, end, label in entities:
        span = doc.char_span(start, end, label=label)
        if span is None:
            raise ValueError("misaligned")
        doc.ents = [span]
    return doc
