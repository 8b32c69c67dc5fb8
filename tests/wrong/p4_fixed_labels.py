"""Knows the labels of the log only and leaves out all others."""


# question: p4c
# caught by: test_learns_a_few_examples, test_labels_come_from_the_examples
def train_ner(examples, epochs=6, seed=0):
    spacy.util.fix_random_seed(seed)
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    labels = ("PERSON", "SHIP", "PLACE")
    pairs = [
        Example(nlp.make_doc(text), make_gold_doc(nlp, text, [e for e in entities if e[2] in labels]))
        for text, entities in examples
    ]
    optimizer = nlp.initialize(lambda: pairs)
    for _ in range(epochs):
        random.shuffle(pairs)
        for batch in spacy.util.minibatch(pairs, size=16):
            nlp.update(batch, drop=0.2, sgd=optimizer)
    return nlp
