"""Rhymes about animals: the text that the recurrent network of practical 2 learns to continue, character by character.

A verse has three lines, and in them patterns that reach further than the character before:

    rhyme       the hero and two things stand at the ends of the lines, their words from one family (hen, pen, den);
    agreement   uncle ... he ... his, auntie ... she ... her; the moon shines, the stars shine;
    brackets    what is opened with ( or " is closed again before the line ends.

The hidden verses are made of the same lines, but in combinations that the training text does not have, and they are
about other heroes, one of every family. The seed decides which combinations and which heroes these are.
"""

from __future__ import annotations

import itertools
import json
import random

VERSES = 600
HIDDEN_VERSES = 100

FAMILIES = (  # heroes | things, all with the same rhyme
    "cat rat bat | hat mat flat",
    "hen wren moorhen | pen den",
    "goat stoat | boat coat",
    "frog dog hog | log bog",
    "snake drake | cake lake rake",
    "snail quail | pail sail",
    "loon raccoon baboon | spoon balloon",
    "peacock woodcock | clock sock rock",
)
TITLES = {"he": ("mister", "uncle", "king"), "she": ("madam", "auntie", "queen")}
ADJECTIVES = ("lazy", "jolly", "quick", "waxy", "violet", "funny")
SKIES = ("the moon shines", "the stars shine", "a lamp shines", "two lamps shine")

FIRST_LINES = ("here comes {title} {hero},", "{sky} on {title} {hero},", "good day, {title} {hero},")
SECOND_LINES = (
    "{he} has lost {his} {thing}",
    "{he} sits by {his} {thing}",
    "how {adjective} {he} is (with {his} {thing})",
)
THIRD_LINES = (
    "and {he} sleeps in {his} {other}.",
    '"oh," {he} sings, "my {other}."',
    "(and {he} wants a {adjective} {other}).",
)


def make(seed: int) -> dict[str, str]:
    """The training text; and for the tests the same text, its characters, and verses that are not in it."""
    rng = random.Random(f"{seed}-rhymes")
    families = [[half.split() for half in family.split(" | ")] for family in FAMILIES]
    for heroes, _ in families:
        rng.shuffle(heroes)
    held_out = rng.randrange(3)
    patterns, unseen_patterns = [], []
    for places in itertools.product(range(3), repeat=3):
        lines = [choices[place] for choices, place in zip((FIRST_LINES, SECOND_LINES, THIRD_LINES), places)]
        (unseen_patterns if sum(places) % 3 == held_out else patterns).append("\n".join(lines))

    known = [(heroes[1:], things) for heroes, things in families]
    other = [(heroes[:1], things) for heroes, things in families]
    text = "".join(_verse(rng, patterns, known) for _ in range(VERSES))
    unseen = "".join(_verse(rng, unseen_patterns, other) for _ in range(HIDDEN_VERSES))
    characters = "".join(sorted(set(text)))
    assert set(unseen) <= set(characters), "the hidden verses have a character that the training text does not have"
    hidden = {"characters": characters, "text": text, "unseen": unseen}
    return {"data/rhymes.txt": text, "hidden/rhymes.json": json.dumps(hidden, indent=0) + "\n"}


def _verse(rng, patterns, families):
    heroes, things = rng.choice(families)
    he = rng.choice(sorted(TITLES))
    thing, other = rng.sample(things, 2)
    verse = rng.choice(patterns).format(
        title=rng.choice(TITLES[he]),
        hero=rng.choice(heroes),
        he=he,
        his={"he": "his", "she": "her"}[he],
        thing=thing,
        other=other,
        adjective=rng.choice(ADJECTIVES),
        sky=rng.choice(SKIES),
    )
    return verse + "\n\n"
