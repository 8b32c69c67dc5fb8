"""Widens spans to whole tokens instead of refusing them."""


# question: p4b
# caught by: test_refuses_spans_that_do_not_fit, test_refuses_every_kind_of_bad_span
def make_gold_doc(nlp, text, entities):
    doc = nlp.make_doc(text)
    doc.ents = [doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in entities]
    return doc
