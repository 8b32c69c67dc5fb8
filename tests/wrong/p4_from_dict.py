"""Uses Example.from_dict, which leaves out spans that do not fit with a warning."""

# question: p4c
# caught by: test_labels_come_from_the_examples
import warnings


def train_ner(examples, epochs=6, seed=0):
    warnings.simplefilter("ignore")
    spacy.util.fix_random_seed(seed)
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    pairs = [Example.from_dict(nlp.make_doc(text), {"entities": entities}) for text, entities in examples]
    optimizer = nlp.initialize(lambda: pairs)
    for _ in range(epochs):
        random.shuffle(pairs)
        for batch in spacy.util.minibatch(pairs, size=16):
            nlp.update(batch, drop=0.2, sgd=optimizer)
    return nlp
