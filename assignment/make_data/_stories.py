"""The stories that practical 6's GPT-2 learned to tell: a grammar of four plots.

A story draws a cast first (a hero and a friend with kind, trait and pronouns, a thing with a colour, places, food)
and then, for each step of its plot, one of several sentences with the cast filled in. So the wording varies from
sentence to sentence, while who and what returns stays the same: the hero named at the start comes back at the end,
with the right pronouns and the thing in its colour. (Kind and trait are told once: a model this small keeps names over
ten sentences, but not who was the hedgehog.) To continue a story well, a language model has to look back at what
has been told.
"""

from __future__ import annotations

import random

HE = "Milo Otto Hugo Finn Bruno Oscar Leo Timo".split()
SHE = "Luna Nora Ella Mia Rosa Greta Ida Tilda".split()
KINDS = "fox rabbit bear mouse hedgehog squirrel frog duck badger mole".split()
TRAITS = "little brave shy curious sleepy cheerful clever young".split()
COLOURS = "red blue green golden silver yellow".split()
THINGS = "kite drum boat lamp hat key bell book scarf ball".split()
HOMES = ["by the sea", "under an old tree", "near the forest", "on a green hill", "in a quiet village", "beside a lake"]
PLACES = [
    "under the bridge",
    "behind the mill",
    "in the tall grass",
    "near the well",
    "beside the river",
    "in the garden",
]
FOODS = ["warm bread", "apple cake", "honey", "nut soup", "sweet berries", "fresh cheese"]
WEATHERS = "windy sunny rainy foggy cold bright".split()
FEARS = ["the dark", "thunder", "deep water", "loud noises", "the winter", "high places"]
DREAMS = {  # what the hero dreams of doing: what the friends build for it
    "to fly to the moon": "balloon",
    "to cross the lake": "raft",
    "to see the snow": "sled",
    "to look over the trees": "tower",
    "to travel around the world": "wagon",
}

OPENINGS = (
    "Once upon a time a {trait} {kind} named {hero} lived {home}. {He} had a {colour} {thing}.",
    "Once upon a time there was a {trait} {kind} named {hero}, who lived {home} and loved {his} {colour} {thing}.",
    "{hero} was a {trait} {kind} with a {colour} {thing}. {He} lived {home}.",
    "There once was a {trait} {kind} who had a {colour} {thing}. {His} name was {hero}, and {he} lived {home}.",
)
ENDINGS = (
    "From that day on {hero} and {friend} were the best of friends.",
    "And so {hero} was never lonely again.",
    "And {hero} told everyone about {friend}.",
)
ENDINGS_WITH_THING = (
    *ENDINGS,
    "That night {hero} slept well, with the {colour} {thing} beside {him}.",
    "In the evening {hero} went home with the {colour} {thing} and a happy heart.",
)
PLOTS = (
    (  # lost and found
        OPENINGS,
        (
            "One {weather} morning the {colour} {thing} was gone.",
            "One {weather} day {hero} lost the {colour} {thing} on the way home.",
        ),
        (
            "{hero} looked {place}, but the {thing} was not there.",
            "{He} looked {place} and {place2}, but found nothing.",
            "{He} sat down {place} and cried.",
        ),
        (
            "On the way {he} met a {trait2} {kind2} named {friend}.",
            "Then {he} met {friend}, a {trait2} {kind2}.",
            "There {he} saw {friend}, a {trait2} {kind2}.",
        ),
        (
            '"I saw your {thing} {place3}," said {friend}.',
            '"Have you looked {place3}?" asked {friend}.',
            '"Something {colour} is lying {place3}," said {friend}.',
        ),
        (
            "They ran there together, and {place3} they found the {colour} {thing}.",
            "And really, {place3} lay the {colour} {thing}.",
        ),
        (
            "{hero} thanked {friend} and gave {him2} some {food}.",
            '"My {colour} {thing}!" cried {hero}. "Thank you, {friend}!"',
        ),
        ENDINGS_WITH_THING,
    ),
    (  # a present
        OPENINGS,
        (
            "{His} friend {friend}, a {trait2} {kind2}, had a birthday.",
            "One {weather} day {his} friend {friend}, a {trait2} {kind2}, invited {him} to a party.",
        ),
        ("{hero} wanted to bring a present.", "But what did {friend} wish for?"),
        (
            "In the end {hero} took the {colour} {thing}, for {he} had nothing else.",
            "So {hero} put {his} {colour} {thing} into a box.",
        ),
        (
            "On the way it began to rain, and {he} waited {place} until it stopped.",
            "On the way {he} fell {place}, but the {thing} was not broken.",
        ),
        (
            '"A {colour} {thing}!" cried {friend}. "Just what I wished for!"',
            "{friend} opened the present, saw the {colour} {thing} and laughed.",
        ),
        (
            "Then {hero} and {friend} ate {food} and danced until the moon rose.",
            "{friend} sang, and they shared {food} with everyone.",
        ),
        ENDINGS,
    ),
    (  # afraid
        OPENINGS,
        ("{hero} was afraid of {fear}.", "There was one thing that {hero} did not like: {fear}."),
        (
            "One night {he} heard a strange sound {place}.",
            "One {weather} morning somebody called for help {place}.",
        ),
        (
            "{hero} took {his} {colour} {thing} and went to look.",
            "{hero} was very quiet, held {his} {colour} {thing} and went outside.",
        ),
        ("It was {friend}, a {trait2} {kind2}.", "There sat a {trait2} {kind2} named {friend}."),
        (
            '"I am lost, and I am afraid of {fear}," said {friend}.',
            '"Do not run away," said {friend}. "I am afraid of {fear} too."',
        ),
        (
            "So {hero} gave {friend} some {food}, and they talked about {fear}.",
            "So {hero} showed {him2} the {colour} {thing}, and soon they both laughed.",
        ),
        ("After that {fear} did not seem so bad.", "Together they were not afraid of {fear} any more."),
        ENDINGS_WITH_THING,
    ),
    (  # a dream
        OPENINGS,
        ("{hero} dreamed of one thing only: {dream}.", "Every night {hero} wished {dream}."),
        ('"You cannot do that," said the others.', "But how could {hero} do that?"),
        (
            "One day {he} asked a {trait2} {kind2} named {friend}.",
            "Then {he} met {friend}, a {trait2} {kind2}.",
        ),
        (
            '"Let us build a {vehicle}," said {friend}.',
            '"You need a {vehicle}," said {friend}. "I will help you."',
        ),
        (
            "They worked {place} for seven days, and {friend} brought {food}.",
            "They found all they needed {place}, and {hero} brought {food}.",
        ),
        (
            "One {weather} morning the {vehicle} was ready, with the {colour} {thing} at the front.",
            "On a {weather} day they tied the {colour} {thing} to the {vehicle} and were ready.",
        ),
        ("And so {hero} and {friend} set out {dream}.", "Nobody laughed when {hero} and {friend} left {dream}."),
        ENDINGS,
    ),
)


def story(rng: random.Random) -> list[str]:
    """One story, step by step of its plot."""
    cast = _cast(rng)
    return [rng.choice(step).format(**cast) for step in rng.choice(PLOTS)]


def _cast(rng: random.Random) -> dict[str, str]:
    hero, friend = rng.sample(HE + SHE, 2)
    kind, kind2 = rng.sample(KINDS, 2)
    trait, trait2 = rng.sample(TRAITS, 2)
    place, place2, place3 = rng.sample(PLACES, 3)
    dream = rng.choice(list(DREAMS))
    he, his, him = ("he", "his", "him") if hero in HE else ("she", "her", "her")
    return {
        "hero": hero, "kind": kind, "trait": trait,
        "he": he, "his": his, "him": him, "He": he.title(), "His": his.title(),
        "friend": friend, "kind2": kind2, "trait2": trait2, "him2": "him" if friend in HE else "her",
        "place": place, "place2": place2, "place3": place3, "dream": dream, "vehicle": DREAMS[dream],
        "colour": rng.choice(COLOURS), "thing": rng.choice(THINGS), "home": rng.choice(HOMES),
        "food": rng.choice(FOODS), "weather": rng.choice(WEATHERS), "fear": rng.choice(FEARS),
    }  # fmt: skip
