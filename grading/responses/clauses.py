"""Cuts sentences into clauses and finds out whom each clause speaks of and what it negates.

Role swaps and negations use the same words as right answers; what differs is who does what. So every clause knows
its subjects (among those that a rubric names) and the reach of its negations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .lexicon import Lexicon
from .text import Token

Place = tuple[int, int]

_CONTRAST = frozenset(["but", "while", "whereas", "whilst", "however", "although", "though", "yet", ";", "-"])
_MAY_JOIN = frozenset(
    [
        ",",
        "and",
        "then",
        "so",
        "because",
        "since",
        "as",
        ")",
        "when",
        "where",
        "if",
        "until",
        "before",
        "after",
        "or",
        "thus",
        "therefore",
        "hence",
        ":",
    ]
)
_PRONOUN = frozenset(["it", "they", "he", "she", "this", "these", "those", "that", "which", "who"])
_SOMEBODY = frozenset(["there", "we", "you", "i", "each"])  # may start a clause, but refer to no subject
_RELATIVE = frozenset(["which", "who", "that", "whose"])
_SKIPPED = frozenset(
    [
        "the",
        "teh",
        "a",
        "an",
        "then",
        "so",
        "thus",
        "also",
        "here",
        "hence",
        "therefore",
        "now",
        "only",
        "'s",
        "both",
        "its",
        "their",
        "finally",
        "and",
        "in",
        "addition",
        ",",
        "(",
    ]
)
_GOVERNING = frozenset(
    [
        "of",
        "from",
        "by",
        "with",
        "to",
        "into",
        "in",
        "for",
        "on",
        "between",
        "over",
        "against",
        "at",
        "through",
        "via",
        "per",
        "using",
        "inside",
        "within",
        "called",
    ]
)
_ASIDE = frozenset(
    ["unlike", "like", "than", "opposed", "compared", "versus", "vs", "contrary", "similar", "instead", "rather", "not"]
)
_OPENING = frozenset(["in", "for", "with", "at", "on", "as", "inside", "within", "by"])
_COORDINATES = frozenset(["and", "or", "/", ",", "both", "the", "a", "an", "&", "as", "well"])
_LABEL = frozenset([":", "=", "->"])
_NOT_SUBJECTS_OF_BOTH = frozenset(
    [
        "sides",
        "directions",
        "ways",
        "contexts",
        "neighbours",
        "neighbors",
        "ends",
        "left",
        "right",
        "the",
        "preceding",
        "past",
    ]
)
_BE = frozenset(["is", "are", "was", "were", "be", "been", "gets", "get", "being"])
_PARTICIPLES = frozenset(
    ["taken", "given", "read", "made", "built", "written", "fed", "done", "sent", "put", "kept", "held"]
)
# "the encoder's final state", "the decoder output" speak of a thing that one subject hands to another.
_OWNED = frozenset(["output", "outputs", "state", "states", "vector", "vectors", "representation", "representations"])
_OWNED_BETWEEN = frozenset(["'s", "final", "last", "hidden", "context", "own"])

_VERB_NEGATORS = frozenset(["not", "never", "neither", "nor", "hardly", "barely", "nobody", "nothing"])
_NOUN_NEGATORS = frozenset(["no", "without", "lack", "lacks", "lacking", "none"])
_SETTING_ASIDE = (("rather", "than"), ("instead", "of"), ("as", "opposed", "to"), ("free", "of"), ("unable", "to"))
_FAILING = (("fail", "to"), ("fails", "to"), ("unable", "to"), ("refuse", "to"), ("refuses", "to"))
_HARMLESS = frozenset(["only", "just", "merely", "simply", "necessarily", "surprisingly", "but"])
_NOUN_REACH = 4  # words after "without", "no", "rather than" that it sets aside
_STOPS_NOUN_REACH = frozenset(
    [
        ",",
        ";",
        ":",
        "(",
        ")",
        "->",
        "it",
        "they",
        "this",
        "but",
        "so",
        "because",
        "thus",
        "hence",
        "therefore",
        "and",
        "which",
        "that",
        "to",
    ]
)
_STOPS_VERB_REACH = frozenset(["so", "thus", "hence", "therefore", "because", "since", "->", ":"])
_MODALS = frozenset(["can", "is", "are", "has", "have", "will", "may", "does", "do", "it", "they", "this"])
# "recurrence is not needed", "attention is not used": here the negation reaches what stands before it.
_BACKWARD = frozenset(
    ["used", "needed", "required", "necessary", "present", "involved", "applied", "possible", "there", "included"]
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of one sentence with one set of subjects.

    Attributes:
        tokens: the tokens of the clause.
        subjects: names of the rubric's subjects it speaks of; empty if it names none.
        found: concept -> places of its mentions, counted in tokens of this clause.
        negators: (place of the negating word, first token it reaches, one past the last).
    """

    tokens: tuple[Token, ...]
    subjects: frozenset[str]
    found: dict[str, list[Place]]
    negators: tuple[tuple[int, int, int], ...]

    def quote(self, answer: str, first: int = 0, last: int | None = None) -> str:
        """The student's own words from token `first` up to and without `last`."""
        tokens = self.tokens[first:last]
        start, end = min(token.start for token in tokens), max(token.end for token in tokens)
        return " ".join(answer[start:end].split())


@dataclass
class _Reader:
    """What has been read so far: who is being spoken of, and in which order the subjects came up."""

    names: tuple[str, ...]
    current: frozenset[str] = frozenset()
    receiver: frozenset[str] = frozenset()
    order: list[str] = field(default_factory=list)

    def ordinal(self, at: int) -> frozenset[str]:
        order = self.order if len(self.order) > 1 else list(self.names)
        return frozenset(order[at : at + 1]) if at >= 0 else frozenset(order[-1:])

    def other(self) -> frozenset[str]:
        order = self.order if len(self.order) > 1 else list(self.names)
        rest = [name for name in order if name not in self.current]
        return frozenset(rest) if len(rest) == 1 else frozenset()


def split_clauses(
    sentences: Sequence[Sequence[Token]], lexicon: Lexicon, subjects: Sequence[str], topic: str | None = None
) -> list[Clause]:
    """The clauses of an answer in order, each with its subjects.

    Args:
        sentences: tokens, sentence by sentence, spelling repaired.
        lexicon: knows the concepts, the subjects among them under `@name`.
        subjects: names of the subjects in the order in which the question names them.
        topic: of whom the answer speaks until it names someone.
    """
    reader = _Reader(tuple(subjects), frozenset((topic,)) if topic else frozenset())
    clauses: list[Clause] = []
    for sentence in sentences:
        found = lexicon.tag(sentence)
        mentions = _mentions(found, subjects)
        cuts = _cuts(sentence, mentions)
        antecedents = dict(mentions.values())
        for first, last in zip(cuts, [*cuts[1:], len(sentence)]):
            while first < last and (sentence[first].text in _CONTRAST or sentence[first].text in (",", "and", ")")):
                first += 1
            if first < last:
                stretch = _Stretch(sentence, first, last, found, mentions, antecedents)
                clauses += _clauses(stretch, reader)
    return clauses


@dataclass(frozen=True)
class _Stretch:
    """Tokens first..last of a sentence, with all that is known of the sentence."""

    sentence: Sequence[Token]
    first: int
    last: int
    found: dict[str, list[Place]]
    mentions: dict[int, tuple[int, str]]  # start -> (end, subject)
    antecedents: dict[int, str]  # one past a mention -> its subject

    @property
    def inside(self) -> list[int]:
        return [start for start in sorted(self.mentions) if self.first <= start < self.last]

    def clause(self, first: int, last: int, subjects: frozenset[str]) -> Clause:
        tokens = tuple(self.sentence[first:last])
        inside = {}
        for concept, places in self.found.items():
            here = [(a - first, b - first) for a, b in places if first <= a and b <= last]
            if here:
                inside[concept] = here
        return Clause(tokens, subjects, inside, _negators(tokens))


def _mentions(found: dict[str, list[Place]], subjects: Sequence[str]) -> dict[int, tuple[int, str]]:
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


def _cuts(sentence: Sequence[Token], mentions: dict[int, tuple[int, str]]) -> list[int]:
    ends = {last for last, _ in mentions.values()}
    cuts = [0]
    for i, token in enumerate(sentence):
        text = token.text
        if i == 0:
            continue
        if text in _CONTRAST and not (text == "but" and sentence[i - 1].text == "not"):
            cuts.append(i)
        elif text in _RELATIVE:
            if (_antecedent_end(sentence, i) in ends and not _is_predicate(sentence, i, mentions)) or _next_mention(
                sentence, i + 1, mentions
            ) is not None:
                cuts.append(i)
        elif (
            text in _MAY_JOIN
            and not (text in ("before", "after") and _beside_and(sentence, i))
            and not _opens_with_aside(sentence, cuts[-1], i, mentions)
            and _has_predicate(sentence, cuts[-1], i, mentions)
            and (_starts_clause(sentence, i + 1, mentions) or _starts_passive(sentence, i + 1, mentions))
        ):
            cuts.append(i)
    return cuts


def _beside_and(sentence: Sequence[Token], i: int) -> bool:
    """Whether the word at i is joined to another: "before and after the gap"."""
    return any(0 <= j < len(sentence) and sentence[j].text in ("and", "or", "/") for j in (i - 1, i + 1))


def _opens_with_aside(sentence: Sequence[Token], first: int, comma: int, mentions: dict[int, tuple[int, str]]) -> bool:
    """Whether "With its encoder," stands before the comma: it speaks of the subject that follows."""
    short = comma - first <= 5 and sentence[comma].text == "," and sentence[first].text in _OPENING
    return short and not any(first <= start < comma for start in mentions)


def _antecedent_end(sentence: Sequence[Token], relative: int) -> int:
    return relative - 1 if sentence[relative - 1].text == "," else relative


def _is_predicate(sentence: Sequence[Token], relative: int, mentions: dict[int, tuple[int, str]]) -> bool:
    """Whether the mention before the relative word only says what somebody is: "BERT is an LSTM that reads"."""
    end = _antecedent_end(sentence, relative)
    start = next(start for start, (last, _) in mentions.items() if last == end)
    return start >= 2 and sentence[start - 1].text in ("a", "an") and sentence[start - 2].text in _BE


def _next_mention(sentence: Sequence[Token], i: int, mentions: dict[int, tuple[int, str]]) -> int | None:
    """The mention that starts at i, or behind articles there."""
    while i < len(sentence) and i not in mentions and sentence[i].text in ("the", "a", "an", "teh"):
        i += 1
    return i if i in mentions else None


def _has_predicate(sentence: Sequence[Token], first: int, last: int, mentions: dict[int, tuple[int, str]]) -> bool:
    """Whether there is more than bare subjects between first and last."""
    covered = {i for start, (end, _) in mentions.items() for i in range(start, end)}
    return any(i not in covered and sentence[i].text not in _COORDINATES for i in range(first, last))


def _starts_clause(sentence: Sequence[Token], i: int, mentions: dict[int, tuple[int, str]]) -> bool:
    while i < len(sentence) and i not in mentions and sentence[i].text in _SKIPPED:
        i += 1
    if i >= len(sentence) - 1:
        return False
    if i in mentions:
        end = mentions[i][0]
        return end < len(sentence) and sentence[end].text not in (",", ")", ".")
    text, after = sentence[i].text, sentence[i + 1].text
    return (
        text in _PRONOUN | _SOMEBODY
        or text in ("former", "latter")
        or (text in ("first", "second", "other") and after == "one")
    )


def _starts_passive(sentence: Sequence[Token], i: int, mentions: dict[int, tuple[int, str]]) -> bool:
    """Whether "the output is generated by the decoder" stands at i: a clause whose subject comes last."""
    for by in range(i, min(i + 10, len(sentence))):
        if sentence[by].text in (",", "and") and by > i:
            return False
        if _is_agent_by(sentence, by, mentions):
            return any(sentence[j].text in _BE for j in range(i, by))
    return False


def _is_agent_by(sentence: Sequence[Token], i: int, mentions: dict[int, tuple[int, str]]) -> bool:
    if sentence[i].text != "by" or i == 0 or _next_mention(sentence, i + 1, mentions) is None:
        return False
    before = sentence[i - 1].text
    return (before.endswith("ed") and before != "followed") or before in _PARTICIPLES


def _clauses(stretch: _Stretch, reader: _Reader) -> list[Clause]:
    sentence, inside, mentions = stretch.sentence, stretch.inside, stretch.mentions
    pair = _respectively(stretch)
    for start in inside:
        if mentions[start][1] not in reader.order:
            reader.order.append(mentions[start][1])
    if pair:
        (_a_end, a), (b_end, b) = mentions[inside[0]], mentions[inside[1]]
        reader.current = frozenset((a, b))
        return [
            stretch.clause(b_end, pair, frozenset((a,))),
            stretch.clause(pair, stretch.last, frozenset((b,))),
        ]
    subjects = _subjects(stretch, reader)
    explicit = bool(inside) and subjects == frozenset((mentions[inside[0]][1],))
    ends_with_receiver = inside and mentions[inside[-1]][0] == stretch.last == len(sentence)
    reader.receiver = frozenset()
    if (
        ends_with_receiver
        and not explicit
        and _is_governed(sentence, inside[-1], stretch.first, frozenset(("to", "into")))
    ):
        reader.receiver = frozenset((mentions[inside[-1]][1],))
    if sentence[stretch.first].text not in _RELATIVE:  # after "which …" the main clause's subject goes on
        reader.current = subjects
    return [stretch.clause(stretch.first, stretch.last, subjects)]


def _respectively(stretch: _Stretch) -> int | None:
    """Where the second half of "X and Y are a and b, respectively" begins."""
    sentence, inside = stretch.sentence, stretch.inside
    end = next((i for i in range(stretch.first, stretch.last) if sentence[i].text in ("respectively", "resp")), None)
    if end is None or len(inside) < 2:
        return None
    joints = [i for i in range(stretch.mentions[inside[1]][0], end - 1) if sentence[i].text in ("and", ",", "or")]
    return joints[-1] if joints else None


def _subjects(stretch: _Stretch, reader: _Reader) -> frozenset[str]:
    sentence, first, last, mentions = stretch.sentence, stretch.first, stretch.last, stretch.mentions
    inside = stretch.inside
    if sentence[first].text in _RELATIVE:
        own = _next_mention(sentence, first + 1, mentions)
        name = mentions[own][1] if own is not None else stretch.antecedents.get(_antecedent_end(sentence, first))
        if name:
            return frozenset((name,))
    by_place = _by_place(stretch, reader)
    if by_place:
        return by_place
    free = [s for s in inside if _is_free(sentence, s, first, mentions)]
    labels = [s for s in free if mentions[s][0] < last and sentence[mentions[s][0]].text in _LABEL and s - first <= 2]
    agents = [i + 1 for i in range(first, last) if _is_agent_by(sentence, i, mentions)]
    agents = [_next_mention(sentence, i, mentions) for i in agents]
    pronoun = _pronoun(stretch)
    opening = [s for s in inside if s - first <= 3 and _is_governed(sentence, s, first, _OPENING)]
    opened = opening and pronoun is not None and opening[0] < pronoun
    if pronoun is not None and not labels and not opened and (not free or pronoun < free[0]):
        if agents:
            return frozenset((mentions[agents[0]][1],))
        if sentence[pronoun].text == "it" and first == 0 and reader.receiver:
            return reader.receiver
        return reader.current
    if free:
        return _coordinated(sentence, free, mentions)
    if agents:
        return frozenset((mentions[agents[0]][1],))
    if opening and not _is_governed(sentence, opening[0], first, _ASIDE):
        return _coordinated(sentence, opening, mentions)
    if reader.current:
        return reader.current
    plain = [s for s in inside if not _is_governed(sentence, s, first, _ASIDE)]
    return frozenset(mentions[s][1] for s in plain[:1])


def _by_place(stretch: _Stretch, reader: _Reader) -> frozenset[str]:
    """The subject of "the former", "the second one", "the other", "both"."""
    sentence, first, inside = stretch.sentence, stretch.first, stretch.inside
    texts = [token.text for token in sentence[first : stretch.last]]
    for at, text in enumerate(texts[:4]):
        before, after = (texts[at - 1] if at else ""), (texts[at + 1] if at + 1 < len(texts) else "")
        ordinal = text in ("first", "second") and before == "the" and after in ("one", "model", "part", "half")
        if text in ("former", "latter") or ordinal:
            named = [s for s in inside if first + at + 1 < s <= first + at + 4 and sentence[s - 1].text in ("(", ",")]
            if named:
                return frozenset((stretch.mentions[named[0]][1],))
            return reader.ordinal({"former": 0, "first": 0, "second": 1, "latter": -1}[text])
        if text == "other" and before == "the" and reader.current and not inside:
            return reader.other()
        if text == "both" and at == 0 and not inside and after not in _NOT_SUBJECTS_OF_BOTH:
            return frozenset(reader.names)
    return frozenset()


def _pronoun(stretch: _Stretch) -> int | None:
    """The pronoun among the first three tokens that can be a subject: not "of it", not "that of the decoder"."""
    sentence = stretch.sentence
    for i in range(stretch.first, min(stretch.last, stretch.first + 3)):
        before = sentence[i - 1].text if i > stretch.first else ""
        after = sentence[i + 1].text if i + 1 < stretch.last else ""
        if sentence[i].text in _PRONOUN and before not in _GOVERNING and after != "of":
            return i
    return None


def _is_free(sentence: Sequence[Token], start: int, first: int, mentions: dict[int, tuple[int, str]]) -> bool:
    """Whether a mention can be the subject: no preposition before it, and no thing of its own behind it."""
    if _is_governed(sentence, start, first, _GOVERNING | _ASIDE):
        return False
    i = mentions[start][0]
    while i < len(sentence) and sentence[i].text in _OWNED_BETWEEN:
        i += 1
    return not (i < len(sentence) and sentence[i].text in _OWNED)


def _is_governed(sentence: Sequence[Token], start: int, first: int, governors: frozenset[str]) -> bool:
    """Whether one of the governing words stands before the mention, at most articles and adjectives between."""
    for i in range(start - 1, max(first, start - 4) - 1, -1):
        if sentence[i].text in governors:
            return True
        if not sentence[i].is_word or sentence[i].text in _PRONOUN | _SOMEBODY:
            return False
    return False


def _coordinated(sentence: Sequence[Token], starts: list[int], mentions: dict[int, tuple[int, str]]) -> frozenset[str]:
    """The first subject, with those that are joined to it by and, or, or a slash."""
    end, name = mentions[starts[0]]
    names = [name]
    for start in starts[1:]:
        between = {sentence[i].text for i in range(end, start)}
        if not between <= _COORDINATES or not between & {"and", "or", "/"}:
            break
        end, name = mentions[start]
        names.append(name)
    return frozenset(names)


def _negators(tokens: Sequence[Token]) -> tuple[tuple[int, int, int], ...]:
    texts = [token.text for token in tokens]
    negators = []
    for i, text in enumerate(texts):
        after = texts[i + 1] if i + 1 < len(texts) else ""
        if text == "no" and after == "matter":
            continue
        starts = [phrase for phrase in _SETTING_ASIDE + _FAILING if tuple(texts[i : i + len(phrase)]) == phrase]
        if (text in _VERB_NEGATORS and after not in _HARMLESS) or any(phrase in _FAILING for phrase in starts):
            backward = 0 if _BACKWARD & set(texts[i + 1 : i + 3]) else i + 1
            negators.append((i, backward, _verb_reach(texts, i + 1)))
        elif text in _NOUN_NEGATORS or starts:
            reach = i + 1 + (len(starts[0]) - 1 if starts else 0)
            limit = reach + _NOUN_REACH
            while reach < min(limit, len(texts)) and texts[reach] not in _STOPS_NOUN_REACH:
                reach += 1
            negators.append((i, i + 1, reach))
    return tuple(negators)


def _verb_reach(texts: Sequence[str], first: int) -> int:
    """To the end of the clause, or to where a new predicate begins: "and processes", "and can", "so"."""
    for i in range(first, len(texts)):
        if texts[i] in _STOPS_VERB_REACH:
            return i
        if texts[i] == "and" and i + 1 < len(texts):
            after = texts[i + 1]
            if after in _MODALS or (after.endswith("s") and len(after) > 3):
                return i
    return len(texts)
