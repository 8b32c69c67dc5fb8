"""Collects entities from the B, I, O marks of tokens, and marks gold with set_ents."""


# question: p4a
# caught by:
def extract_entities(nlp, text):
    out = []
    for token in nlp(text):
        if token.ent_iob_ == "B":
            out.append([token.ent_type_, token.idx, token.idx + len(token)])
        elif token.ent_iob_ == "I":
            out[-1][2] = token.idx + len(token)
    return [[text[start:end], label, start, end] for label, start, end in out]
