"""Uses the character places as token places: Span(doc, start, end)."""

# question: p4b
# caught by: test_marks_the_entities, test_marks_exactly_what_is_given
from spacy.tokens import Span


def make_gold_doc(nlp, text, entities):
    doc = nlp.make_doc(text)
    doc.ents = [Span(doc, start, min(end, len(doc)), label=label) for start, end, label in entities]
    return doc
