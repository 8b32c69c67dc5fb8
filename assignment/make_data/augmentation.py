"""Practical 7: a synonym dictionary and short labelled reports.

Grammar: report = start thing verb state [end]; state = adjective, or negation + adjective of the other kind. A report
is fine (1) if its state is a good adjective or a negated bad one, else it tells of a fault (0).

What makes it hard: a third of the reports is negated, so an adjective alone does not decide; and adjectives have
synonyms, so that few training texts show only a fraction of the words that can come. A dictionary closes that gap.

Split: students get reports to a help desk, hidden tests use reports about a canteen with other words in every slot but
the negation, and a dictionary of their own. Training and test texts of a domain share no text.
"""

from __future__ import annotations

import json
import random

NEGATIONS = ("not", "never", "hardly")
NEGATED = 1 / 3  # of the texts
TRAINING, TEST = 128, 256  # texts

HELP_DESK = {
    "start": ["the", "my", "our", "this"],
    "thing": ["laptop notebook computer", "printer copier", "screen monitor display", "keyboard keypad"],
    "verb": ["is", "was", "seems"],
    "good": ["working running functioning operational", "fast quick speedy rapid swift", "clean spotless tidy neat"],
    "bad": ["broken damaged defective faulty dead", "slow sluggish laggy crawling", "dirty dusty grubby filthy"],
    "end": ["", "today", "again", "upstairs"],
}
CANTEEN = {
    "start": ["every", "their", "that", "your"],
    "thing": ["soup broth stew", "salad slaw", "bread toast loaf", "dessert pudding"],
    "verb": ["tastes", "looks", "gets"],
    "good": ["fresh crisp ripe juicy", "tasty delicious flavourful savoury yummy", "hot warm steaming heated"],
    "bad": ["stale mouldy rotten spoiled", "bland tasteless boring watery insipid", "burnt charred scorched blackened"],
    "end": ["", "here", "on fridays", "at noon"],
}


def make(seed: int) -> dict[str, str]:
    """The dictionary and texts of students, and both of the other domain for hidden tests."""
    rng = random.Random(f"{seed}-augmentation")
    synonyms, texts = _synonyms(HELP_DESK), _texts(HELP_DESK, rng)
    hidden = {"synonyms": _synonyms(CANTEEN), **_texts(CANTEEN, rng)}
    return {
        "data/synonyms.json": _json(synonyms),
        "data/augmentation.json": _json(texts),
        "hidden/augmentation.json": _json(hidden),
    }


def _synonyms(domain: dict[str, list[str]]) -> dict[str, list[str]]:
    """Each word -> the others of its group."""
    groups = [group.split() for kind in ("thing", "good", "bad") for group in domain[kind]]
    return {word: [other for other in group if other != word] for group in groups for word in group}


def _texts(domain: dict[str, list[str]], rng: random.Random) -> dict[str, dict[str, int]]:
    """Different texts, as many of either label: {"train": {text: label, …}, "test": {…}}."""
    made: dict[str, int] = {}
    while len(made) < TRAINING + TEST:
        label = len(made) % 2
        negated = rng.random() < NEGATED
        adjective = _word(domain["good" if label != negated else "bad"], rng)
        state = f"{rng.choice(NEGATIONS)} {adjective}" if negated else adjective
        start, verb, end = (rng.choice(domain[slot]) for slot in ("start", "verb", "end"))
        made.setdefault(f"{start} {_word(domain['thing'], rng)} {verb} {state} {end}".strip(), label)
    pairs = list(made.items())
    return {"train": dict(pairs[:TRAINING]), "test": dict(pairs[TRAINING:])}


def _word(groups: list[str], rng: random.Random) -> str:
    return rng.choice(rng.choice(groups).split())


def _json(data: dict) -> str:
    return json.dumps(data, indent=0, ensure_ascii=False) + "\n"
