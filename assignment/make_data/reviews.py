"""Short film reviews, positive or negative: the data of practical 3.

Every opinion is an adjective, either negated ("not good", "hardly bad", "never dull") or not ("good", "very bad").
Each adjective and each negation is as frequent in one class as in the other, so that no single word tells them apart.

- Plain reviews have one opinion and come in fours: "The music was good / never good / never dull / dull." A model
  must at least combine two words.
- Twins have two that agree: "The music was not dull and the cast was very good" is positive, and with the adjectives
  exchanged ("not good … very dull") negative. Both have exactly the same words, so any bag of words stays at 50 %:
  one must see *which* word stands next to the negation.

The hidden reviews have templates, topics, and openers that no training review has, and pairs of negation and
adjective that never occur together in training. The seed decides which ones these are.
"""

from __future__ import annotations

import json
import random

LABELS = ["negative", "positive"]
ADJECTIVES = {
    "positive": ["good", "great", "funny", "clever", "moving", "charming", "fresh", "lovely", "exciting", "warm"],
    "negative": ["bad", "awful", "dull", "silly", "boring", "clumsy", "stale", "ugly", "tiring", "cold"],
}
NEGATIONS = ["not", "never", "hardly", "barely"]
DEGREES = ["", "", "very", "really", "truly", "quite"]
TOPICS = """plot story cast music ending dialogue camera hero villain script humour lighting costume editing
    opening pace acting scenery film sequel""".split()

PLAIN = [
    "the {topic} was {opinion}",
    "I thought the {topic} was {opinion}",
    "the {topic} is {opinion} if you ask me",
    "in my view the {topic} was {opinion} that night",
    "this {topic} is {opinion} from start to finish",
    "my sister called the {topic} {opinion}",
    "we found the {topic} {opinion} as a whole",
    "we all agreed that its {topic} was {opinion}",
    "{opinion} is the word for the {topic}",
    "{opinion}, that is what I say about the {topic}",
    "the {topic}? {opinion}",
    "{opinion}, and over after two hours",
]
TWIN = [
    "the {topic} was {opinion} and the {other} was {second}",
    "its {topic} is {opinion} and its {other} {second}",
    "{opinion} in its {topic}, {second} in its {other}",
    "I found the {topic} {opinion} and the {other} {second}",
    "with a {topic} that is {opinion} and a {other} that is {second}",
    "{opinion} to watch and {second} to listen to",
    "the {topic}: {opinion}; the {other}: {second}",
    "people say that the {topic} was {opinion} and, above all, {second}",
    "{opinion}, {second}, and that goes for the {topic} too",
]
OPENERS = """||Well,|Honestly,|To me,|Last night:|For once,|As expected,|On Friday:|Strange:|My view:|So,""".split("|")


def make(seed: int) -> dict[str, str]:
    """The training and the hidden reviews."""
    rng = random.Random(f"{seed}-reviews")
    train, hidden = {}, {}
    pairs = [(negation, word) for negation in NEGATIONS for words in ADJECTIVES.values() for word in words]
    pools = {"plain": PLAIN, "twin": TWIN, "opener": OPENERS, "topic": TOPICS, "pair": pairs}
    for name, pool in pools.items():
        hidden[name] = rng.sample(pool, len(pool) // 4)
        train[name] = [item for item in pool if item not in hidden[name]]
    reviews = _collect(_plain, train, 150, rng) + _collect(_twins, train, 300, rng)
    tests = {"plain": _collect(_plain, hidden, 50, rng), "twins": _collect(_twins, hidden, 100, rng)}
    everything = [review for group in reviews for review in group]
    rng.shuffle(everything)
    return {"data/reviews.json": _lines(everything), "hidden/reviews.json": json.dumps(tests, indent=0)}


def _collect(make_group, parts, number, rng):
    """`number` groups of reviews that share no review."""
    groups, known = [], set()
    while len(groups) < number:
        group = make_group(parts, rng)
        texts = {text for text, _ in group}
        if not texts & known:
            groups.append(group)
            known |= texts
    return groups


def _plain(parts, rng):
    """Four reviews that differ in their opinion only: good, not good, not bad, bad."""
    frame = _frame(parts["plain"], parts, rng)
    negation, good, bad, degree = _words(parts["pair"], rng)
    opinions = [(degree, good), (negation, good), (negation, bad), (degree, bad)]
    return [[frame(opinion=_phrase(*opinion)), LABELS[1 - i % 2]] for i, opinion in enumerate(opinions)]


def _twins(parts, rng):
    """A positive and a negative review with the same words."""
    frame = _frame(parts["twin"], parts, rng)
    negation, good, bad, degree = _words(parts["pair"], rng)
    first, second = rng.sample(["opinion", "second"], 2)  # the place of the negated opinion, and of the other one
    positive = {first: _phrase(negation, bad), second: _phrase(degree, good)}
    negative = {first: _phrase(negation, good), second: _phrase(degree, bad)}
    return [[frame(**positive), "positive"], [frame(**negative), "negative"]]


def _frame(templates, parts, rng):
    """A function from opinions to a review: everything else is chosen."""
    template, opener = rng.choice(templates), rng.choice(parts["opener"])
    topic, other = rng.sample(parts["topic"], 2)

    def review(**opinions):
        text = f"{opener} {template.format(topic=topic, other=other, **opinions)}".strip()
        return text[0].upper() + text[1:] + "."

    return review


def _words(pairs, rng):
    """A negation, a good and a bad adjective that may follow it, and a degree."""
    while True:
        negation = rng.choice(NEGATIONS)
        good, bad = ([word for word in words if (negation, word) in pairs] for words in ADJECTIVES.values())
        if good and bad:
            return negation, rng.choice(good), rng.choice(bad), rng.choice(DEGREES)


def _phrase(modifier, adjective):
    return f"{modifier} {adjective}".strip()


def _lines(items):
    return "[\n" + ",\n".join(json.dumps(item) for item in items) + "\n]\n"
