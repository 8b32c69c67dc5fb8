"""Prepares everything but never updates."""


# question: p4c
# caught by: test_learns_a_few_examples, test_finds_unseen_names
def train_ner(examples, epochs=6, seed=0):
    spacy.util.fix_random_seed(seed)
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    pairs = [Example(nlp.make_doc(text), make_gold_doc(nlp, text, entities)) for text, entities in examples]
    nlp.initialize(lambda: pairs)
    return nlp


ner_model = train_ner(log_train, seed=SEED)
