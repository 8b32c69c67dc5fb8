"""Joins neighbouring tokens with the same label, so that two names side by side become one."""

# question: p4a
# caught by: test_every_entity_has_its_own_place
import itertools


def extract_entities(nlp, text):
    out = []
    for label, run in itertools.groupby(nlp(text), key=lambda token: token.ent_type_):
        run = list(run)
        if label:
            start, end = run[0].idx, run[-1].idx + len(run[-1])
            out.append((text[start:end], label, start, end))
    return out
