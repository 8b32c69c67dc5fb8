"""Forgets the gold entities: both documents of an Example are without them."""


# question: p4c
# caught by: test_learns_a_few_examples, test_finds_unseen_names
def train_ner(examples, epochs=6, seed=0):
    spacy.util.fix_random_seed(seed)
    nlp = spacy.blank("en")
    ner = nlp.add_pipe("ner")
    for _, entities in examples:
        for _, _, label in entities:
            ner.add_label(label)
    pairs = [Example(nlp.make_doc(text), nlp.make_doc(text)) for text, entities in examples]
    optimizer = nlp.initialize()
    for _ in range(epochs):
        random.shuffle(pairs)
        for batch in spacy.util.minibatch(pairs, size=16):
            nlp.update(batch, drop=0.2, sgd=optimizer)
    return nlp
