"""Reads each word by itself (no neighbours): a ship with a person's name is a person."""


# question: p4c
# caught by: test_context_tells_ship_from_person
def train_ner(examples, epochs=6, seed=0):
    spacy.util.fix_random_seed(seed)
    nlp = spacy.blank("en")
    embed = {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": 96,
        "depth": 1,
        "embed_size": 2000,
        "window_size": 0,
        "maxout_pieces": 3,
        "subword_features": True,
    }
    nlp.add_pipe("ner", config={"model": {"tok2vec": embed}})
    pairs = [Example(nlp.make_doc(text), make_gold_doc(nlp, text, entities)) for text, entities in examples]
    optimizer = nlp.initialize(lambda: pairs)
    for _ in range(epochs):
        random.shuffle(pairs)
        for batch in spacy.util.minibatch(pairs, size=16):
            nlp.update(batch, drop=0.2, sgd=optimizer)
    return nlp
