"""Practical 4: sentences with named entities, and the pre-trained pipeline `models/ner`.

The students' domain is a ship's log with the labels PERSON, SHIP and PLACE. A sentence is a template whose slots are
filled: those in capitals with invented names, which are the entities, the others with common words. Surnames and
one-word places are built from the same syllables and can end alike ("Elton"), and many ships bear the name of a
person ("the Clara Tarman"), so a name alone does not say what it is: the words around it do.

Train, validation and hidden sentences share no template and no name: first names, surnames, places and the words of
ship names are dealt out to one of the three, and words such as "Fort" occur in one only. Days and months are in all
of them, as capitals that mean nothing. Hidden `pairs` hold one name as a person in one sentence and as a ship in
another.

`models/ner` stands in for en_core_web_sm: it has read newspaper sentences with the labels PERSON, ORG, GPE and DATE
(as OntoNotes calls them), filled with the names of the train split, and knows nothing of ships. It is smaller than
spaCy's default and comes without the vocabulary of its training, which loading does not need.
"""

import json
import random
import re
import tempfile
from pathlib import Path

SPLITS = {"train": 480, "validation": 60, "hidden": 160}  # sentences

FIRST = """
    Ada Agnes Alma Amos Anders Astrid Barnaby Beatrice Bertha Caspar Cecily Clara Cora Cornelius Daniel Dorothea Edgar
    Edith Eleanor Elias Emil Esther Felix Flora Frida George Gideon Greta Hanna Harriet Henrik Hugo Ida Ingrid Isaac
    Ivor Jasper Johanna Jonas Josephine Judith Karl Klara Leopold Lucas Lydia Magnus Marta Matilda Maud Miriam Moses
    Nathan Nora Olga Oscar Otto Paula Philippa Ralph Rebecca Rosa Rufus Ruth Samuel Sigrid Silas Sophia Stella Tobias
    Ursula Viktor Walter Wilma
""".split()
STARTS = """
    Ald Arn Bar Bels Bjor Bran Cald Carl Corb Dag Dor Dunn El Esk Fal Fen Gal Gars Grim Hal Hart Hels Holm Ilm Jar Kel
    Kir Lang Lind Lok Mar Mel Mor Nor Ol Pel Quar Ran Ros Sel Skar Stav Tar Thorn Ul Vel Vin Wal Wex Yar
""".split()
FAMILY_ENDS = "en er ing ley low man mark sen son berg ton".split()
PLACE_ENDS = "beck bridge by dale ford gate ham heim land ness stad stone wick berg ton".split()
COLOURS = """
    Amber Ancient Bold Bright Brave Crimson Dancing Distant Eastern Faithful Flying Gallant Gentle Golden Grey Happy
    Iron Laughing Lonely Lucky Merry Morning Northern Patient Proud Quiet Restless Royal Scarlet Silent Silver Southern
    Swift Velvet Wandering Western White Wild Winter Young
""".split()
BEASTS = """
    Albatross Anchor Arrow Badger Comet Crane Cygnet Dolphin Dove Eagle Falcon Fox Gannet Gull Hare Heron Horizon Lark
    Lantern Lily Lion Maiden Meteor Osprey Otter Pearl Petrel Phoenix Pilgrim Plover Promise Raven Rose Seal Sparrow
    Spirit Star Stork Swallow Swan Tern Thistle Trader Venture Walrus Wren
""".split()
BEFORE = {"train": ["Cape", "Port", "Lake", "Mount"], "validation": ["Cape", "Camp"], "hidden": ["Port", "Fort"]}
AFTER = {"train": ["Bay", "Island", "Point", "Sound"], "validation": ["Bay", "Reef"], "hidden": ["Point", "Inlet"]}
FIRMS = "Bank Works Motors Press Group University Foundation Airlines Insurance Union Museum Partners".split()
WORDS = {
    "day": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "month": "January February March April May June July August September October November December".split(),
    "role": "cook mate carpenter surgeon steward gunner sailmaker helmsman bosun".split(),
    "part": "mast rudder anchor bow keel hull deck flag mainsail".split(),
    "side": "north south east west".split(),
    "goods": "wool flour timber salt coal rope fish tea sugar".split(),
    "time": ["at dawn", "at noon", "at midnight", "before breakfast", "in the evening", "after the storm", "in fog"],
    "said": "says wrote thinks swore".split(),
}

LOG = {
    "train": """
        The {SHIP} left {PLACE} {time}.
        Captain {PERSON} took the {SHIP} out of {PLACE} on {day}.
        We anchored off {PLACE} with the {SHIP} close by.
        {PERSON} went ashore at {PLACE} for fresh water.
        The {role}, {PERSON}, fell ill near {PLACE}.
        Our sister ship, the {SHIP}, lost her {part} off {PLACE}.
        {PERSON} and {PERSON} mended the {part} of the {SHIP}.
        A storm kept the {SHIP} in {PLACE} for nine days.
        Letters for {PERSON} were waiting in {PLACE}.
        The crew of the {SHIP} thanked {PERSON}.
        From {PLACE} we sailed {side} to {PLACE}.
        Doctor {PERSON} came aboard at {PLACE} {time}.
        Sighted the {SHIP} two miles {side} of {PLACE}.
        On {day} the {SHIP} ran aground near {PLACE}.
        {PERSON} {said} that {PLACE} was empty.
        The {SHIP} carried {goods} from {PLACE} to {PLACE}.
        The {role}, {PERSON}, counted the barrels on board the {SHIP}.
        The harbour of {PLACE} was full of ice in {month}.
        {SHIP}, bound for {PLACE}, passed us {time}.
        In {month} {PERSON} bought the {SHIP} from {PERSON}.
        The {PLACE} pilot guided the {SHIP} {time}.
        {PERSON} saw whales {side} of {PLACE}.
        {PERSON} saw {PLACE} from the deck.
        The owner of the {SHIP} lives in {PLACE}.
        Nobody aboard the {SHIP} had seen {PLACE} before.
        {PERSON} drew a map of {PLACE} for {PERSON}.
        The {SHIP} and the {SHIP} raced to {PLACE}.
        They buried {PERSON} on the beach of {PLACE} {time}.
        {PERSON} of {PLACE} joined the crew on {day}.
        The wreck of the {SHIP} lies {side} of {PLACE}.
        {PERSON} steered while {PERSON} slept.
        The {SHIP}, built in {PLACE}, is fast but leaks.
        Bought {goods} in {PLACE} from {PERSON}.
        {PERSON} swore never to sail on the {SHIP} again.
        The {PLACE} light came in sight {time}.
        Wind from the {side}, {PLACE} five miles off.
        Old {PERSON} played the fiddle until {day}.
        We towed the {SHIP} into {PLACE} {time}.
        The {SHIP} sank on {day}, but {PERSON} was saved.
        {PLACE} lies two days {side} of {PLACE}.
        I asked {PERSON} about the road to {PLACE}.
        Passengers left the {SHIP} in small boats.
        {PERSON} painted the {part} of the {SHIP} red.
        Rain all day in {PLACE}, and {PERSON} is ill.
        At {PLACE} a boy named {PERSON} came aboard.
        Her captain, {PERSON}, knew {PLACE} well.
        The {SHIP} needs a new {part}, {said} {PERSON}.
        Miss {PERSON} studies the birds of {PLACE}.
        The schooner {SHIP} is due in {PLACE} by {month}.
        {PLACE} has no well, and {PERSON} was thirsty.
        I gave {PERSON} my coat {time}.
        Snow fell on the {SHIP} and her {part} all {day}.
        The {PLACE} market sells {goods} and {goods}.
        The {goods} was cheap in {PLACE}, so {PERSON} bought a ton.
        Dinner with {PERSON} and the {role} on board the {SHIP}.
        We lost {PERSON} in {PLACE} and found a new {role}.
        East of {PLACE} the {part} broke, and {PERSON} mended it.
        In {PLACE} the {role} sold {goods} to {PERSON} {time}.
        The {part} of the {SHIP} came from {PLACE}.
        With {PERSON} on deck the {SHIP} went {side}.
        A boat from the {SHIP} brought {PERSON} and {goods} {time}.
        After {PLACE} we met the {SHIP} again on {day}.
        South of {PLACE} we saw two whales and the {SHIP}.
        North of {PLACE} there is no land.
        The {SHIP} sailed from {PLACE} with {goods}, and came home with {goods}.
        Ice all around the {SHIP} since {day}.
        Here in {PLACE} it snows from {month} to {month}.
        The {PLACE} harbour has a new owner, {PERSON}.
        The {PLACE} road is long and full of mud.
        The {role} paid {PERSON} for the {goods}.
        Sailed with {PERSON} to {PLACE} for {goods}.
        A letter from {PERSON} came to {PLACE} in {month}.
        The {role} never liked {PERSON}, and left in {month}.
        Calm sea and no wind since {day}.
        No ship in sight, and the {role} is tired of salt beef.
    """,
    "validation": """
        The {SHIP} came back from {PLACE} with a broken {part}.
        {PERSON} went aboard the {SHIP} {time}.
        Captain {PERSON} anchored near {PLACE} on {day}.
        Ice closed the road to {PLACE} in {month}.
        The crew buried old {PERSON} at {PLACE}.
        We left {PERSON} in {PLACE} and sailed {side}.
        On board the {SHIP} a boy fell ill.
        The {SHIP}, bound for {PLACE}, sank {time}.
        A letter from {PERSON} says that {PLACE} has no harbour.
        {PERSON} and the {role} saw the wreck of the {SHIP}.
        The {PLACE} beach was full of seals.
        Nobody thanked {PERSON} for the {goods}.
    """,
    "hidden": """
        The {SHIP} waited two days off {PLACE} for a pilot.
        {PERSON}, the {role}, was saved when the {SHIP} sank.
        Fog hid the {SHIP} until {PERSON} fired a gun.
        We sold the {goods} in {PLACE} and left on {day}.
        The boats of the {SHIP} came ashore at {PLACE}.
        Her {role}, {PERSON}, wrote letters all {day}.
        {PERSON} says that the harbour of {PLACE} is small.
        North of {PLACE} the {SHIP} lost her {part}.
        In {month} the crew left the {SHIP} and went to {PLACE}.
        Old {PERSON} saw {PLACE} from the mast.
        {PERSON} paid {PERSON} for a barrel of {goods}.
        The owner, {PERSON}, never came aboard the {SHIP} again.
        Nobody in {PLACE} knew the captain of the {SHIP}.
        I asked the {role} of the {SHIP} about {PERSON}.
        We sailed from {PLACE} with {PERSON} {time}.
        The {PLACE} road was full of snow, {PERSON} wrote.
        The wind took the {SHIP} back to {PLACE}.
        Sighted whales near {PLACE} and, on {day}, the {SHIP}.
    """,
}
PAIRS = """
    Captain {} was born at sea. | We sighted the {} at dawn.
    The cook, {}, came aboard on Monday. | The mast of the {} was mended on Monday.
    {} wrote a letter and slept. | The crew of the {} was ill.
    I asked {} for fresh water. | The boats left the {} at noon.
    Doctor {} saved the boy. | The storm sank the {} in March.
"""
NEWS = """
    {PERSON} was named head of {ORG} on {DATE}.
    Shares of {ORG} fell after {PERSON} left the company.
    The mayor of {GPE}, {PERSON}, opened the new bridge in {DATE}.
    {ORG} will close its factory in {GPE} next year.
    Police in {GPE} are looking for {PERSON}.
    {PERSON}, a teacher from {GPE}, won the prize on {DATE}.
    Doctor {PERSON} works at a hospital in {GPE}.
    {ORG} and {ORG} signed a contract on {DATE}.
    The minister met {PERSON} in {GPE}.
    "We are hiring in {GPE}," said {PERSON} of {ORG}.
    Trains from {GPE} to {GPE} were late on {DATE}.
    In {DATE} the bank sued {ORG}.
    {PERSON} moved from {GPE} to {GPE} in {DATE}.
    The city of {GPE} bought forty buses from {ORG}.
    {ORG} said on {DATE} that {PERSON} would resign.
    Voters in {GPE} elected {PERSON} by a wide margin.
    {PERSON} told reporters that the talks in {GPE} had failed.
    The museum in {GPE} shows paintings by {PERSON} until {DATE}.
    A judge ordered {ORG} to pay {PERSON}.
    {PERSON} and {PERSON} founded {ORG} in {GPE}.
    Heavy rain hit {GPE} on {DATE}.
    Prices in {GPE} rose faster than in {GPE}.
    Captain {PERSON} scored twice before the break.
    {ORG}, which is based in {GPE}, makes engines.
    Since {DATE} nobody at {ORG} has seen {PERSON}.
    The company said it would go to court.
    {GPE} beat {GPE} in the final on {DATE}.
    The report by {PERSON} came out in {DATE}.
    Workers at {ORG} went on strike in {GPE}.
    {PERSON} lives near {GPE} and writes for {ORG}.
"""


class Names:
    """Names of one split: every call of a kind makes one from words that no other split has."""

    def __init__(self, split: str, share: slice, chance: random.Random, words: random.Random):
        """`words` must be in the same state for all splits, as it deals out the words; `share` says which are ours."""

        def deal(all_words):
            return words.sample(all_words, len(all_words))[share]

        self.choose = chance.choice
        self.first = deal(FIRST)
        syllables = deal(sorted({start + end for start in STARTS for end in FAMILY_ENDS + PLACE_ENDS}))
        self.family = [name for name in syllables if name.endswith(tuple(FAMILY_ENDS))]
        self.town = [name for name in syllables if name.endswith(tuple(PLACE_ENDS))]
        self.colours, self.beasts = deal(COLOURS), deal(BEASTS)
        self.before, self.after = BEFORE[split], AFTER[split]

    def full(self) -> str:
        return f"{self.choose(self.first)} {self.choose(self.family)}"

    def person(self) -> str:
        first, family = self.choose(self.first), self.choose(self.family)
        return self.choose([f"{first} {family}"] * 7 + [f"{first[0]}. {family}", family, first])

    def ship(self) -> str:
        bright_star = f"{self.choose(self.colours)} {self.choose(self.beasts)}"
        one_word = self.choose(self.choose([self.first, self.family, self.town, self.beasts]))
        return self.choose([bright_star] * 4 + [self.full()] * 3 + [one_word] * 3)

    def place(self) -> str:
        town = self.choose(self.town)
        return self.choose([town] * 3 + [f"{self.choose(self.before)} {town}", f"{town} {self.choose(self.after)}"])

    def org(self) -> str:
        family, firm = self.choose(self.family), self.choose(FIRMS)
        return self.choose([f"{family} {firm}"] * 2 + [f"{family} & {self.choose(self.family)}"])

    def date(self) -> str:
        month = self.choose(WORDS["month"])
        return self.choose([self.choose(WORDS["day"]), month, f"{month} {self.choose(range(1, 29))}"])

    gpe = place


def fill(template: str, names: Names) -> tuple[str, list[tuple[int, int, str]]]:
    """A sentence and its entities; slots in small letters are filled but are no entities."""
    text, entities = "", []
    for i, part in enumerate(re.split(r"\{(\w+)\}", template)):
        if i % 2:
            name = getattr(names, part.lower())() if part.isupper() else names.choose(WORDS[part])
            if part.isupper():
                entities.append((len(text), len(text) + len(name), part))
            text += name
        else:
            text += part
    return text, entities


def sentences(templates: str, names: Names, number: int) -> list:
    """`number` different sentences, the templates taking turns."""
    templates = lines(templates)
    made = {}
    for i in range(2 * number):
        text, entities = fill(templates[i % len(templates)], names)
        made.setdefault(text, entities)
    return list(made.items())[:number]


def pretrained(seed: int, names: Names) -> dict[str, bytes]:
    """The files of a pipeline that was trained on newspaper sentences."""
    import spacy
    from spacy.training import Example

    chance = random.Random(f"{seed}-news")
    spacy.util.fix_random_seed(seed)
    nlp = spacy.blank("en")
    embed = {"@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "width": 64, "depth": 3}
    embed |= {"embed_size": 1000, "window_size": 1, "maxout_pieces": 2, "subword_features": True}
    nlp.add_pipe("ner", config={"model": {"tok2vec": embed}})
    examples = [
        Example.from_dict(nlp.make_doc(text), {"entities": entities}) for text, entities in sentences(NEWS, names, 600)
    ]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(12):
        chance.shuffle(examples)
        for i in range(0, len(examples), 16):
            nlp.update(examples[i : i + 16], drop=0.2, sgd=optimizer)
    nlp.meta |= {"name": "news_ner", "description": "Names in invented news", "spacy_version": ">=3.8.0,<3.9.0"}
    with tempfile.TemporaryDirectory() as folder:
        nlp.to_disk(folder, exclude=["vocab"])
        paths = sorted(path for path in Path(folder).rglob("*") if path.is_file())
        return {f"models/ner/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in paths}


def make(seed: int) -> dict[str, str | bytes]:
    """The sentences of the three splits and the pre-trained pipeline."""
    shares = {"train": slice(0, None, 2), "validation": slice(1, None, 8), "hidden": slice(3, None, 4)}
    names = {
        split: Names(split, share, random.Random(f"{seed}-entities-{split}"), random.Random(f"{seed}-names"))
        for split, share in shares.items()
    }
    log = {split: sentences(LOG[split], names[split], number) for split, number in SPLITS.items()}
    pairs = []
    for i in range(50):
        person, ship = lines(PAIRS)[i % len(lines(PAIRS))].split(" | ")
        name = names["hidden"].full()
        pairs.append([name, person.format(name), ship.format(name)])
    return {
        "data/entities.json": as_json({"train": log["train"], "validation": log["validation"]}),
        "hidden/entities.json": as_json({"unseen": log["hidden"], "pairs": pairs}),
        **pretrained(seed, names["train"]),
    }


def lines(text: str) -> list[str]:
    """The lines of an indented text that are not empty."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def as_json(parts: dict[str, list]) -> str:
    """JSON with one item per line."""
    rows = (
        f'"{name}": [\n' + ",\n".join(json.dumps(item, ensure_ascii=False) for item in items) + "\n]"
        for name, items in parts.items()
    )
    return "{\n" + ",\n".join(rows) + "\n}\n"
