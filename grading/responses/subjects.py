"""Finds out whom a stretch of a sentence speaks of: mentions, pronouns, "the former", "both", "by the decoder"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .text import Token

Place = tuple[int, int]
Mentions = dict[int, tuple[int, str]]  # first token -> (one past the last, subject)

PRONOUN = frozenset("it they he she this these those that which who".split())
SOMEBODY = frozenset(["there", "we", "you", "i", "each"])  # may start a clause, but refer to no subject
RELATIVE = frozenset(["which", "who", "that", "whose", "where"])
COORDINATES = frozenset("and or / , both the a an & as well".split())
OPENING = frozenset("in for with at on as inside within by".split())
ARTICLES = frozenset(("the", "a", "an"))
BE = frozenset("is are was were be been gets get being".split())
_GOVERNING = frozenset(
    "of from by with to into in for on between over against at through via per using inside within called".split()
)
_ASIDE = frozenset("unlike like than opposed compared versus vs contrary similar instead rather not".split())
_RECEIVING = frozenset(("to", "into"))
_LABEL = frozenset([":", "=", "->"])
_NOT_SUBJECTS_OF_BOTH = frozenset(
    "sides directions ways contexts neighbours neighbors ends left right the preceding past".split()
)
_PARTICIPLES = frozenset("taken given read made built written fed done sent put kept held".split())
# "the encoder's final state", "the decoder output" speak of a thing that one subject hands to another.
_OWNED = frozenset("output state states vector vectors representation representations".split())
_OWNED_BETWEEN = frozenset("'s final last hidden context own".split())


@dataclass(frozen=True)
class Stretch:
    """Tokens first..last of a sentence, with all that is known of the sentence."""

    sentence: Sequence[Token]
    first: int
    last: int
    mentions: Mentions
    antecedents: dict[int, str]  # one past a mention -> its subject

    @property
    def inside(self) -> list[int]:
        return [start for start in sorted(self.mentions) if self.first <= start < self.last]


@dataclass
class Reader:
    """What has been read so far.

    Attributes:
        names: all subjects, in the order of the question.
        current: of whom the last clause spoke.
        receiver: whom the last sentence ended with ("… is given to the decoder."), if the next "It" may mean that one.
        order: the subjects in the order in which they came up.
    """

    names: tuple[str, ...]
    current: frozenset[str] = frozenset()
    receiver: frozenset[str] = frozenset()
    order: list[str] = field(default_factory=list)

    def ordinal(self, at: int) -> frozenset[str]:
        order = self.order if len(self.order) > 1 or len(self.names) != 2 else list(self.names)
        return frozenset(order[at : at + 1]) if at >= 0 else frozenset(order[-1:])

    def other(self) -> frozenset[str]:
        order = self.order if len(self.order) > 1 else list(self.names)
        rest = [name for name in order if name not in self.current]
        return frozenset(rest) if len(rest) == 1 else frozenset()

    def note(self, stretch: Stretch, subjects: frozenset[str]) -> None:
        """Remembers a stretch that has been read and of whom it spoke."""
        sentence, inside, mentions = stretch.sentence, stretch.inside, stretch.mentions
        self.order += [name for name in dict.fromkeys(mentions[s][1] for s in inside) if name not in self.order]
        self.receiver = frozenset()
        ends_with = inside[-1] if inside and mentions[inside[-1]][0] == len(sentence) else None
        implicit = subjects != {mentions[start][1] for start in inside[:1]}
        if ends_with is not None and implicit and is_governed(sentence, ends_with, stretch.first, _RECEIVING):
            self.receiver = _only(ends_with, mentions)
        if sentence[stretch.first].text not in RELATIVE:  # after "which …" the main clause's subject goes on
            self.current = subjects


def find_mentions(found: dict[str, list[Place]], subjects: Sequence[str]) -> Mentions:
    """Start -> (end, subject); of mentions that overlap the longest wins."""
    spans = sorted(
        ((first, last, name) for name in subjects for first, last in found.get("@" + name, ())),
        key=lambda span: (span[0] - span[1], span[0], subjects.index(span[2])),
    )
    taken: set[int] = set()
    mentions = {}
    for first, last, name in spans:
        if taken.isdisjoint(range(first, last)):
            taken.update(range(first, last))
            mentions[first] = (last, name)
    return mentions


def resolve_subjects(stretch: Stretch, reader: Reader) -> frozenset[str]:
    """The subjects of a stretch, from the surest sign to the weakest: relative word, "the former", label, pronoun, free
    mention, "by X", opening "in X", the subject of the stretch before, any mention."""
    sentence, first, last, mentions = stretch.sentence, stretch.first, stretch.last, stretch.mentions
    inside = stretch.inside
    if sentence[first].text in RELATIVE:
        own = next_mention(sentence, first + 1, mentions)
        name = mentions[own][1] if own is not None else stretch.antecedents.get(antecedent_end(sentence, first))
        if name:
            return frozenset((name,))
    by_place = _by_place(stretch, reader)
    if by_place:
        return by_place
    free = [s for s in inside if _is_free(sentence, s, first, mentions)]
    after = {start: text_after(sentence[:last], start, mentions) for start in inside}
    labels = [s for s in free if after[s] in _LABEL and s - first <= 2]
    labels += [s for s in inside if after[s] == ":" and s - first <= 4]
    named_by = (
        next_mention(sentence, i + 1, mentions) for i in range(first, last) if is_agent_by(sentence, i, mentions)
    )
    agents = [agent for agent in named_by if agent is not None]
    pronoun = _pronoun(stretch)
    opening = [s for s in inside if s - first <= 3 and is_governed(sentence, s, first, OPENING)]
    opened = opening and pronoun is not None and opening[0] < pronoun
    if pronoun is not None and not labels and not opened and (not free or pronoun < free[0]):
        if agents:
            return _only(agents[0], mentions)
        if sentence[pronoun].text == "it" and first == 0 and reader.receiver:
            return reader.receiver
        return reader.current
    if labels and labels[0] not in free:
        return _only(labels[0], mentions)
    if opening and after[opening[0]] in ("you", "we", "one", "i"):
        return _only(opening[0], mentions)
    if free:
        return _coordinated(sentence, free, mentions)
    if agents:
        return _only(agents[0], mentions)
    if opening and not is_governed(sentence, opening[0], first, _ASIDE):
        return _coordinated(sentence, opening, mentions)
    if reader.current:
        return reader.current
    plain = [s for s in inside if not is_governed(sentence, s, first, _ASIDE)]
    return frozenset(mentions[s][1] for s in plain[:1])


def _only(start: int, mentions: Mentions) -> frozenset[str]:
    return frozenset((mentions[start][1],))


def _by_place(stretch: Stretch, reader: Reader) -> frozenset[str]:
    """The subject of "the former", "the second one", "the other", "both"."""
    sentence, first, inside = stretch.sentence, stretch.first, stretch.inside
    texts = [token.text for token in sentence[first : stretch.last]]
    for at, text in enumerate(texts[:4]):
        before, after = (texts[at - 1] if at else ""), (texts[at + 1] if at + 1 < len(texts) else "")
        thing = after in ("one", "model", "part", "half") or (after.endswith("s") and len(after) > 3)
        ordinal = text in ("first", "second") and before == "the" and thing
        if text in ("former", "latter") or ordinal:
            named = [s for s in inside if first + at + 1 < s <= first + at + 4 and sentence[s - 1].text in ("(", ",")]
            if named:
                return _only(named[0], stretch.mentions)
            found = reader.ordinal({"former": 0, "first": 0, "second": 1, "latter": -1}[text])
            if found:
                return found
        if text == "other" and before == "the" and reader.current and not inside:
            return reader.other()
        if text == "both" and at == 0 and not inside and after not in _NOT_SUBJECTS_OF_BOTH:
            return frozenset(reader.names)
    return frozenset()


def _pronoun(stretch: Stretch) -> int | None:
    """The pronoun among the first three tokens that can be a subject: not "of it", not "that of the decoder"."""
    sentence = stretch.sentence
    for i in range(stretch.first, min(stretch.last, stretch.first + 3)):
        before = sentence[i - 1].text if i > stretch.first else ""
        after = sentence[i + 1].text if i + 1 < stretch.last else ""
        if sentence[i].text in PRONOUN and before not in _GOVERNING and after != "of":
            return i
    return None


def _is_free(sentence: Sequence[Token], start: int, first: int, mentions: Mentions) -> bool:
    """Whether a mention can be the subject: no preposition before it, and no thing of its own behind it."""
    if is_governed(sentence, start, first, _GOVERNING | _ASIDE):
        return False
    i = mentions[start][0]
    while i < len(sentence) and sentence[i].text in _OWNED_BETWEEN:
        i += 1
    return not (i < len(sentence) and sentence[i].text in _OWNED)


def is_governed(sentence: Sequence[Token], start: int, first: int, governors: frozenset[str]) -> bool:
    """Whether one of the governing words stands before the mention, at most articles and adjectives between."""
    for i in range(start - 1, max(first, start - 4) - 1, -1):
        if sentence[i].text in governors:
            return True
        if sentence[i].text in ARTICLES:
            return i > first and sentence[i - 1].text in governors
        if not sentence[i].is_word or sentence[i].text in PRONOUN | SOMEBODY:
            return False
    return False


def _coordinated(sentence: Sequence[Token], starts: list[int], mentions: Mentions) -> frozenset[str]:
    """The first subject, with those that are joined to it by and, or, or a slash."""
    end, name = mentions[starts[0]]
    names = [name]
    for start in starts[1:]:
        between = {sentence[i].text for i in range(end, start)}
        if not between <= COORDINATES or not between & {"and", "or", "/"}:
            break
        end, name = mentions[start]
        names.append(name)
    return frozenset(names)


def respectively(stretch: Stretch) -> int | None:
    """Where the second half of "X and Y are a and b, respectively" begins."""
    sentence, inside = stretch.sentence, stretch.inside
    end = next((i for i in range(stretch.first, stretch.last) if sentence[i].text in ("respectively", "resp")), None)
    if end is None or len(inside) < 2:
        return None
    joints = [i for i in range(stretch.mentions[inside[1]][0], end - 1) if sentence[i].text in ("and", ",", "or")]
    return joints[-1] if joints else None


def antecedent_end(sentence: Sequence[Token], relative: int) -> int:
    return relative - 1 if sentence[relative - 1].text == "," else relative


def text_after(sentence: Sequence[Token], start: int, mentions: Mentions) -> str:
    """The token behind the mention at start; "" if there is none."""
    end = mentions[start][0]
    return sentence[end].text if end < len(sentence) else ""


def next_mention(sentence: Sequence[Token], i: int, mentions: Mentions) -> int | None:
    """The mention that starts at i, or behind articles there."""
    while i < len(sentence) and i not in mentions and sentence[i].text in ARTICLES:
        i += 1
    return i if i in mentions else None


def is_agent_by(sentence: Sequence[Token], i: int, mentions: Mentions) -> bool:
    """Whether "by X" at i names who does it: a passive ("is generated", "is turned into text") stands before it."""
    if sentence[i].text != "by" or next_mention(sentence, i + 1, mentions) is None:
        return False
    for j in range(max(0, i - 8), i):
        if sentence[j].text in BE:
            return any(_is_participle(token.text) for token in sentence[j + 1 : i])
    return False


def _is_participle(word: str) -> bool:
    return (word.endswith("ed") and word != "followed") or word in _PARTICIPLES
