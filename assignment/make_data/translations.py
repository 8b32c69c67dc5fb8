"""English sentences with French translations, for practicals 5 (short sentences) and 8 (short and long ones).

Grammar. One synchronous grammar writes both sentences at once and notes which English word each French word comes from:

    long     -> short (and | but | because) short
    short    -> subject manner verb object [in place]        the boy never sees them in the garden
    subject  -> pronoun | noun phrase                        le garçon ne les voit jamais dans le jardin
    object   -> pronoun | noun phrase
    manner   -> nothing | not | never | often | always

What makes it hard: articles, adjectives and verbs agree in gender and number; adjectives of size precede the noun and
others follow it; object pronouns move before the verb; "not" and "never" become two words around pronoun and verb;
"looks for" becomes one word; words elide before vowels (l' oiseau, but le petit oiseau). In a long sentence a
translator without attention has to squeeze about 16 words into one vector.

Split. By template: some frames (kind of subject, manner, kind of object, with or without a place) are held out. By
vocabulary: some pairs of verb and object noun are. Training sentences have none of them, every hidden sentence has at
least one. All single words occur in training.
"""

from __future__ import annotations

import itertools
import json
import random
from typing import NamedTuple

SPECIAL = ["<padding>", "<start>", "<end>"]
TRAINING = {"short": 12_000, "long": 2_500}  # numbers of sentences
HIDDEN = {"short": 100, "long": 100}


class Noun(NamedTuple):
    """A noun with its plurals; the French one is feminine or not."""

    english: tuple[str, str]
    french: tuple[str, str]
    feminine: bool


class Adjective(NamedTuple):
    """An adjective with its French forms (masculine, feminine, and their plurals)."""

    english: str
    french: tuple[str, str, str, str]
    precedes: bool


BEINGS = [
    Noun(("cat", "cats"), ("chat", "chats"), False),
    Noun(("dog", "dogs"), ("chien", "chiens"), False),
    Noun(("bird", "birds"), ("oiseau", "oiseaux"), False),
    Noun(("boy", "boys"), ("garçon", "garçons"), False),
    Noun(("girl", "girls"), ("fille", "filles"), True),
    Noun(("cow", "cows"), ("vache", "vaches"), True),
    Noun(("nurse", "nurses"), ("infirmière", "infirmières"), True),
]
PLACES = [
    Noun(("garden", "gardens"), ("jardin", "jardins"), False),
    Noun(("house", "houses"), ("maison", "maisons"), True),
    Noun(("school", "schools"), ("école", "écoles"), True),
]
SIZES = [
    Adjective("small", ("petit", "petite", "petits", "petites"), True),
    Adjective("big", ("grand", "grande", "grands", "grandes"), True),
]
MOODS = [
    Adjective("tired", ("fatigué", "fatiguée", "fatigués", "fatiguées"), False),
    Adjective("curious", ("curieux", "curieuse", "curieux", "curieuses"), False),
]
COLOURS = [
    Adjective("white", ("blanc", "blanche", "blancs", "blanches"), False),
    Adjective("green", ("vert", "verte", "verts", "vertes"), False),
]
DETERMINERS = [  # English and French (masculine, feminine)
    {"the": ("le", "la"), "this": ("ce", "cette"), "my": ("mon", "ma"), "a": ("un", "une")},
    {"the": ("les", "les"), "these": ("ces", "ces"), "my": ("mes", "mes"), "two": ("deux", "deux")},
]
VERBS = [  # English (he, we) and French (il, nous, ils)
    (("sees", "see"), ("voit", "voyons", "voient")),
    (("loves", "love"), ("aime", "aimons", "aiment")),
    (("helps", "help"), ("aide", "aidons", "aident")),
    (("looks for", "look for"), ("cherche", "cherchons", "cherchent")),
    (("listens to", "listen to"), ("écoute", "écoutons", "écoutent")),
]
SUBJECTS = {"he": "il", "she": "elle", "we": "nous"}
OBJECTS = {"me": "me", "him": "le", "her": "la", "them": "les"}
MANNERS = {"": "", "not": "pas", "never": "jamais", "often": "souvent", "always": "toujours"}
CONJUNCTIONS = {"and": ["et"], "but": ["mais"], "because": ["parce", "que"]}
ELISIONS = {"le": "l'", "la": "l'", "me": "m'", "ne": "n'", "que": "qu'", "ce": "cet", "ma": "mon"}
VOWELS = "aeiouéè"

FRAMES = list(itertools.product(("pronoun", "noun"), MANNERS, ("pronoun", "noun"), ("", "place")))
PAIRS = list(itertools.product(VERBS, BEINGS))


class Writer:
    """Writes one sentence in both languages, French words with the places of the English words they come from."""

    def __init__(self, generator: random.Random):
        self.random = generator
        self.english: list[str] = []
        self.french: list[str] = []
        self.origins: list[int] = []
        self.used: set = set()  # frames, and pairs of verb and object noun

    def sentence(self, kind: str) -> dict:
        """Writes a "short" or a "long" sentence."""
        self.clause()
        if kind == "long":
            english = self.random.choice(list(CONJUNCTIONS))
            place = self.say(english)
            for french in CONJUNCTIONS[english]:
                self.write(french, place)
            self.clause()
        following = [*self.french[1:], "."]
        french = [
            ELISIONS.get(word, word) if after[0] in VOWELS else word
            for word, after in zip(self.french, following, strict=True)
        ]
        return {"english": " ".join(self.english), "french": " ".join(french), "origins": self.origins}

    def clause(self) -> None:
        subject, manner, object_, place = frame = self.random.choice(FRAMES)
        self.used.add(frame)
        if subject == "pronoun":
            subject = self.random.choice(list(SUBJECTS))
            self.write(SUBJECTS[subject], self.say(subject))
            person = 1 if subject == "we" else 0  # which form of the French verb
        else:
            _, plural = self.noun_phrase(BEINGS, MOODS)
            person = 2 if plural else 0

        english, french = verb = self.random.choice(VERBS)
        manner_place = 0
        if manner == "not":
            self.say("do" if person else "does")
        if manner:
            manner_place = self.say(manner)
        if manner in ("not", "never"):
            self.write("ne", manner_place)
        verb_place = self.say(english[1 if person or manner == "not" else 0])
        if object_ == "pronoun":
            pronoun = self.random.choice([word for word in OBJECTS if (subject, word) != ("we", "me")])
            self.write(OBJECTS[pronoun], self.say(pronoun))
        self.write(french[person], verb_place)
        if manner:
            self.write(MANNERS[manner], manner_place)
        if object_ == "noun":  # no "a" or "two": a negated French object would need "de" then
            noun, _ = self.noun_phrase(BEINGS, MOODS, ("the", "this", "these", "my"))
            self.used.add((verb, noun))
        if place:
            self.write("dans", self.say("in"))
            self.noun_phrase(PLACES, COLOURS, ("the", "this", "my"), plural=False)

    def noun_phrase(
        self,
        nouns: list,
        late: list,
        allowed: tuple = ("the", "this", "these", "my", "a", "two"),
        plural: bool | None = None,
    ) -> tuple[Noun, bool]:
        """Writes determiner, noun and perhaps an adjective; returns the noun and whether it is a plural."""
        plural = self.random.random() < 0.4 if plural is None else plural
        noun = self.random.choice(nouns)
        determiner = self.random.choice([word for word in DETERMINERS[plural] if word in allowed])
        self.write(DETERMINERS[plural][determiner][noun.feminine], self.say(determiner))
        adjective = self.random.choice([*SIZES, *late, None, None, None, None])
        if adjective:
            form, place = adjective.french[noun.feminine + 2 * plural], self.say(adjective.english)
        if adjective and adjective.precedes:
            self.write(form, place)
        self.write(noun.french[plural], self.say(noun.english[plural]))
        if adjective and not adjective.precedes:
            self.write(form, place)
        return noun, plural

    def say(self, english: str) -> int:
        """Adds English words and returns the place of the first."""
        place = len(self.english)
        self.english += english.split()
        return place

    def write(self, french: str, place: int) -> None:
        self.french.append(french)
        self.origins.append(place)


def make(seed: int) -> dict[str, str]:
    """The sentence pairs for students and the hidden ones."""
    generator = random.Random(f"{seed}-translations")
    held_out = {*generator.sample(FRAMES, 3), *generator.sample(PAIRS, 3)}

    def sentences(kind: str, number: int, hidden: bool) -> list[dict]:
        written: dict[str, dict] = {}
        while len(written) < number:
            writer = Writer(generator)
            sentence = writer.sentence(kind)
            if bool(writer.used & held_out) == hidden:
                written[sentence["english"]] = sentence
        return list(written.values())

    training = {kind: sentences(kind, number, hidden=False) for kind, number in TRAINING.items()}
    hidden = {kind: sentences(kind, number, hidden=True) for kind, number in HIDDEN.items()}
    words = {
        f"{language}_words": SPECIAL
        + sorted({word for kind in training.values() for sentence in kind for word in sentence[language].split()})
        for language in ("english", "french")
    }
    pairs = {kind: [[each["english"], each["french"]] for each in written] for kind, written in training.items()}
    return {"data/translations.json": _json({**words, **pairs}), "hidden/translations.json": _json(hidden)}


def _json(contents: dict[str, list]) -> str:
    """JSON with one sentence, or word, per line."""
    parts = []
    for key, items in contents.items():
        lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
        parts.append(f'"{key}": [\n{lines}\n]')
    return "{\n" + ",\n".join(parts) + "\n}\n"
