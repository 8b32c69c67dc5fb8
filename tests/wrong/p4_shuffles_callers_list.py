"""Shuffles the caller's list in place."""


# question: p4c
# caught by: test_same_seed_same_pipeline, test_seed_fixes_everything
def train_ner(examples, epochs=6, seed=0):
    spacy.util.fix_random_seed(seed)
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    random.shuffle(examples)
    pairs = [Example(nlp.make_doc(text), make_gold_doc(nlp, text, entities)) for text, entities in examples]
    optimizer = nlp.initialize(lambda: pairs)
    for _ in range(epochs):
        random.shuffle(pairs)
        for batch in spacy.util.minibatch(pairs, size=16):
            nlp.update(batch, drop=0.2, sgd=optimizer)
    return nlp
