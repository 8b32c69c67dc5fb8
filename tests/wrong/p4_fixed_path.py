"""Ignores the name that it is given."""


# question: p4a
# caught by: test_works_with_the_pipeline_it_is_given
def load_pipeline(name="models/ner"):
    return spacy.load("models/ner")
