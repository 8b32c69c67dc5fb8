"""add_label by hand, begin_training's successor without examples, compounding batches, no dropout."""


# question: p4c
# caught by:
def train_ner(examples, epochs=6, seed=0):
    spacy.util.fix_random_seed(seed)
    nlp = spacy.blank("en")
    ner = nlp.add_pipe("ner")
    pairs = [Example(nlp.make_doc(text), make_gold_doc(nlp, text, entities)) for text, entities in examples]
    for label in sorted({label for _, entities in examples for _, _, label in entities}):
        ner.add_label(label)
    nlp.initialize()
    for _ in range(epochs):
        random.shuffle(pairs)
        for batch in spacy.util.minibatch(pairs, size=spacy.util.compounding(4.0, 16.0, 1.01)):
            nlp.update(batch)
    return nlp
