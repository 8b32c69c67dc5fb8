"""Own alignment by token places, own check of overlaps, Doc with BILUO-like tags."""

# question: p4b
# caught by:
from spacy.tokens import Doc


def make_gold_doc(nlp, text, entities):
    doc = nlp.make_doc(text)
    starts = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token): token.i for token in doc}
    tags = ["O"] * len(doc)
    for start, end, label in entities:
        if start not in starts or end not in ends or ends[end] < starts[start]:
            raise ValueError("no whole tokens")
        for i in range(starts[start], ends[end] + 1):
            if tags[i] != "O":
                raise ValueError("overlap")
            tags[i] = ("B-" if i == starts[start] else "I-") + label
    return Doc(doc.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc], ents=tags)
