"""Initializes in every round, so that only the last round counts."""


# question: p4c
# caught by: test_learns_a_few_examples, test_finds_unseen_names
def train_ner(examples, epochs=6, seed=0):
    spacy.util.fix_random_seed(seed)
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    pairs = [Example(nlp.make_doc(text), make_gold_doc(nlp, text, entities)) for text, entities in examples]
    for _ in range(epochs):
        optimizer = nlp.initialize(lambda: pairs)
        random.shuffle(pairs)
        for batch in spacy.util.minibatch(pairs, size=16):
            nlp.update(batch, drop=0.2, sgd=optimizer)
    return nlp
