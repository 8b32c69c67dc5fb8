"""A smaller network, other batches, from_dict after a check, averaged weights."""


# question: p4c
# caught by:
def train_ner(examples, epochs=10, seed=0):
    spacy.util.fix_random_seed(seed + 1000)
    rng = random.Random(seed)
    nlp = spacy.blank("en")
    embed = {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": 64,
        "depth": 3,
        "embed_size": 1000,
        "window_size": 1,
        "maxout_pieces": 2,
        "subword_features": True,
    }
    nlp.add_pipe("ner", config={"model": {"tok2vec": embed}})
    pairs = []
    for text, entities in examples:
        make_gold_doc(nlp, text, entities)
        pairs.append(Example.from_dict(nlp.make_doc(text), {"entities": list(entities)}))
    optimizer = nlp.initialize(lambda: iter(pairs))
    for _ in range(epochs):
        order = rng.sample(range(len(pairs)), len(pairs))
        for i in range(0, len(order), 8):
            nlp.update([pairs[j] for j in order[i : i + 8]], drop=0.3, sgd=optimizer)
    with nlp.use_params(optimizer.averages):
        return nlp.from_bytes(nlp.to_bytes())
