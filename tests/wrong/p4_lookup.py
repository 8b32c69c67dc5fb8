"""Learns names by heart with an entity ruler: no unseen name is found."""


# question: p4c
# caught by: test_labels_come_from_the_examples, test_finds_names_in_validation_sentences, test_finds_unseen_names, test_context_tells_ship_from_person
def train_ner(examples, epochs=6, seed=0):
    nlp = spacy.blank("en")
    for text, entities in examples:
        make_gold_doc(nlp, text, entities)
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": l, "pattern": t[s:e]} for t, entities in examples for s, e, l in entities])
    return nlp
