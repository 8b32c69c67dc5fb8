"""Removes overlapping spans with spacy.util.filter_spans."""


# question: p4b
# caught by: test_refuses_spans_that_do_not_fit, test_refuses_every_kind_of_bad_span
def make_gold_doc(nlp, text, entities):
    doc = nlp.make_doc(text)
    spans = []
    for start, end, label in entities:
        span = doc.char_span(start, end, label=label)
        if span is None:
            raise ValueError("misaligned")
        spans.append(span)
    doc.ents = spacy.util.filter_spans(spans)
    return doc
