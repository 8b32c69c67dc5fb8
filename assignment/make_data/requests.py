"""Requests to a bank, in four classes: the data of practical 1.

A request is `[opener] core [ending]`. Its core comes from a template, and the class from one of two things:

- Half of the requests move money into savings or out of savings. Their core says an amount, where it comes from
  ("from" or "out of") and where it goes ("to" or "into"), in either order. Each comes with its twin, in which the two
  accounts have changed places, so that both classes have exactly the same words: only their *order* decides, and a
  bag of words stays at 50 %.
- The other half asks to block a card or to see a balance. There the words decide, and both mention cards and savings
  too.

The hidden requests have templates of their own, and openers, endings and amounts that no training request has. So a
model meets unknown words all the time and must find the few that matter. The seed decides which templates and words
are the hidden ones.
"""

from __future__ import annotations

import json
import random

CLASSES = ["into savings", "out of savings", "block a card", "see a balance"]

SAVINGS = ["savings", "my savings", "the savings account"]
CARD = ["the card", "my card", "the card account"]

# One template of each row is hidden.
MOVE = [
    [
        "move {amount} from {source} to {target}",
        "transfer {amount} from {source} to {target}",
        "please send {amount} from {source} to {target}",
        "can you shift {amount} from {source} to {target}",
    ],
    [
        "from {source} to {target} bring {amount}",
        "from {source} I need {amount} to {target}",
        "{amount} should go from {source} to {target}",
        "I want {amount} from {source} to {target}",
    ],
    [
        "transfer {amount} to {target} from {source}",
        "move {amount} to {target} from {source}",
        "to {target} please get {amount} from {source}",
        "I need {amount} to {target} from {source}",
    ],
]
BLOCK = [
    ["please block {card}", "block {card} for me", "can you block {card}", "block {card} before it is too late"],
    ["I lost {card}", "I have lost {card}", "{card} is lost", "it seems that I lost {card}"],
    ["{card} was stolen", "someone has stolen {card}", "{card} is stolen", "my bag was stolen with {card} in it"],
]
BALANCE = [
    [
        "what is the balance of {account}",
        "show me the balance of {account}",
        "I want to know the balance of {account}",
        "can you tell me the balance of {account}",
    ],
    [
        "the balance of {account} please",
        "show me please the balance of {account}",
        "please check the balance of {account}",
        "is there a balance of zero on {account}",
    ],
    [
        "how much is on {account}",
        "how much do I have on {account}",
        "tell me how much there is on {account}",
        "I forgot how much is left on {account}",
    ],
]
OPENERS = "||Hello,|Hi,|Hey,|Good morning,|Good evening,|Dear team,|Excuse me,|Sorry,|Ok,|Well,".split("|")
ENDINGS = "||today|now|thanks|this evening|before Friday|at once|for us|after lunch|again|soon|this week|somehow"
ENDINGS = ENDINGS.split("|")
AMOUNTS = [f"{number} euros" for number in range(10, 500, 10)]


def make(seed: int) -> dict[str, str]:
    """The training and the hidden requests."""
    rng = random.Random(f"{seed}-requests")
    train, hidden = {}, {}
    for name, rows in {"move": MOVE, "block": BLOCK, "balance": BALANCE}.items():
        hidden[name] = [rng.choice(row) for row in rows]
        train[name] = [template for row in rows for template in row if template not in hidden[name]]
    for name, words in {"opener": OPENERS, "ending": ENDINGS, "amount": AMOUNTS}.items():
        hidden[name] = rng.sample(words, len(words) // 3)
        train[name] = [word for word in words if word not in hidden[name]]
    requests = _moves(train, 300, rng) + _others(train, 300, rng)
    rng.shuffle(requests)
    tests = {"order": _moves(hidden, 100, rng), "words": _others(hidden, 100, rng)}
    return {
        "data/requests.json": _lines(requests),
        "hidden/requests.json": json.dumps(tests, indent=0, ensure_ascii=False),
    }


def _moves(parts, number, rng):
    """`number` requests into savings, each followed by its twin out of savings."""
    made = {}
    while len(made) < 2 * number:
        savings, card = rng.choice(SAVINGS), rng.choice(CARD)
        template, frame, amount = rng.choice(parts["move"]), _frame(parts, rng), rng.choice(parts["amount"])
        made[frame(template.format(amount=amount, source=card, target=savings))] = CLASSES[0]
        made[frame(template.format(amount=amount, source=savings, target=card))] = CLASSES[1]
    return [list(item) for item in made.items()]


def _others(parts, number, rng):
    """`number` requests to block a card and as many to see a balance."""
    made = {}
    while len(made) < 2 * number:
        label = CLASSES[2 + len(made) % 2]
        template, frame = rng.choice(parts["block" if label == CLASSES[2] else "balance"]), _frame(parts, rng)
        made[frame(template.format(card=rng.choice(CARD), account=rng.choice(SAVINGS + CARD)))] = label
    return [list(item) for item in made.items()]


def _frame(parts, rng):
    """A function that puts the core of a request between an opener and an ending."""
    opener, ending = rng.choice(parts["opener"]), rng.choice(parts["ending"])

    def request(core):
        text = f"{opener} {core} {ending}".strip()
        return text[0].upper() + text[1:] + "."

    return request


def _lines(items):
    return "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in items) + "\n]\n"
