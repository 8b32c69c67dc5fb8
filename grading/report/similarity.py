"""Finds answers that are more alike than chance explains: a reason to look, never a verdict.

Two answers are compared by the word sequences that both have. A sequence counts the more the fewer of the class have
it, and not at all where many do: the question, the handout and the usual way to put it weigh nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .shingles import LENGTH_IN_CODE, LENGTH_IN_TEXT, Token, code_tokens, hashes, text_tokens

_ALIKE = 0.5  # share of the lighter answer's weight that the other one has, too
_MOST_COMMON = 40  # answers that share a sequence; keeps the number of pairs near linear in the size of the class
# In a class of 150. Ten thousand times as many pairs must not bring ten thousand times as many chance finds: every
# doubling of the class asks for so many more shared sequences.
_MEASURED_AT, _PER_DOUBLING = 150, 4


@dataclass(frozen=True)
class Way:
    """How answers of one kind are compared.

    Attributes:
        tokens: cuts an answer into words.
        length: words of a sequence.
        enough: rare sequences that two submissions must share, over all questions in which they are alike.
        common: share of the class from which on a sequence is the usual way. Code has fewer ways to be right than text.
    """

    tokens: Callable[[str], list[Token]]
    length: int
    enough: int
    common: float


TEXT = Way(text_tokens, LENGTH_IN_TEXT, enough=12, common=1 / 3)
CODE = Way(code_tokens, LENGTH_IN_CODE, enough=30, common=1 / 6)


@dataclass(frozen=True)
class Pair:
    """Two submissions (`one` < `other`) that answer a question alike.

    Attributes:
        likeness: share of the lighter answer's weight that both have, from 0.5 to 1.
        shared: how many rare sequences that is.
    """

    one: int
    other: int
    likeness: float
    shared: int


@dataclass(frozen=True)
class Group:
    """Submissions that answer the same questions alike, each like at least one of the others.

    Attributes:
        members: their places in the sequence of submissions.
        questions: question -> its strongest pair.
    """

    members: tuple[int, ...]
    questions: Mapping[str, Pair]

    @property
    def shared(self) -> int:
        """Rare sequences shared by the strongest pairs, over all questions."""
        return sum(pair.shared for pair in self.questions.values())


@dataclass(frozen=True)
class Similarity:
    """What was found in a class.

    Attributes:
        way: how.
        groups: those with most in common first.
        rare: question -> hashes of the sequences that count, sorted.
    """

    way: Way
    groups: tuple[Group, ...]
    rare: Mapping[str, np.ndarray]

    def marked(self, question: str, one: str, other: str) -> list[tuple[str, bool]]:
        """The first answer in pieces, each with whether the second one has it, too."""
        tokens = self.way.tokens(one)
        both = set(hashes(self.way.tokens(other), self.way.length)) & set(self.rare[question].tolist())
        inside = [False] * len(one)
        for place, sequence in enumerate(hashes(tokens, self.way.length)):
            if sequence in both:
                start, end = tokens[place].start, tokens[place + self.way.length - 1].end
                inside[start:end] = [True] * (end - start)
        cuts = [0, *(i for i in range(1, len(one)) if inside[i] != inside[i - 1]), len(one)]
        return [(one[a:b], inside[a]) for a, b in pairwise(cuts) if b > a]


def similar(answers: Mapping[str, Sequence[str]], way: Way, given: Mapping[str, str] | None = None) -> Similarity:
    """Compares all submissions with one another, question by question.

    Args:
        answers: question -> the submissions' answers, in the same order everywhere; "" where there is none.
        way: TEXT or CODE.
        given: question -> words that everybody has read, such as the question itself; they do not count.
    """
    pairs, rare = {}, {}
    for question, works in answers.items():
        pairs[question], rare[question] = _compare(works, way, (given or {}).get(question, ""))
    size = max(map(len, answers.values()), default=0)
    return Similarity(way, tuple(_groups(_noteworthy(pairs, way, size))), rare)


def _compare(works: Sequence[str], way: Way, given: str) -> tuple[list[Pair], np.ndarray]:
    """The pairs that are alike, and the rare sequences by which they are."""
    by_work: dict[str, np.ndarray] = {}
    for work in works:
        if work not in by_work:
            by_work[work] = _sequences(work, way)
    lengths = [len(by_work[work]) for work in works]
    owner = np.repeat(np.arange(len(works)), lengths)
    found, place, count = np.unique(
        np.concatenate([by_work[work] for work in works]) if works else np.empty(0, np.int64),
        return_inverse=True, return_counts=True,
    )  # fmt: skip
    answered = max(1, sum(length > 0 for length in lengths))
    common = min(_MOST_COMMON, max(2, int(way.common * answered)))
    counts = (count <= common) & ~np.isin(found, _sequences(given, way))
    weight = np.where(counts, np.log(answered / count), 0)
    total = np.bincount(owner, weight[place], len(works))
    rare = counts & (count > 1)
    order = np.argsort(place, kind="stable")
    order = order[rare[place[order]]]
    pairs = _pairs(owner[order], count[place[order]], weight[place[order]], total)
    return pairs, found[rare]


def _sequences(work: str, way: Way) -> np.ndarray:
    return np.array(sorted(set(hashes(way.tokens(work), way.length))), np.int64)


def _pairs(owner: np.ndarray, count: np.ndarray, weight: np.ndarray, total: np.ndarray) -> list[Pair]:
    """From the owners of every rare sequence, one sequence after the other, to the pairs that share enough of them."""
    codes, weights = [np.empty(0, np.int64)], [np.empty(0)]
    for size in np.unique(count):  # sequences that equally many have make one table
        chosen = count == size
        owners = owner[chosen].reshape(-1, size)
        one, other = np.triu_indices(size, 1)
        codes.append((owners[:, one] * len(total) + owners[:, other]).ravel())
        weights.append(np.repeat(weight[chosen][::size], len(one)))
    code, place, shared = np.unique(np.concatenate(codes), return_inverse=True, return_counts=True)
    one, other = np.divmod(code, max(1, len(total)))
    lighter = np.minimum(total[one], total[other])
    likeness = np.bincount(place, np.concatenate(weights), len(code)) / np.where(lighter > 0, lighter, np.inf)
    alike = likeness >= _ALIKE
    rows = zip(*(column[alike].tolist() for column in (one, other, likeness, shared)))
    return [Pair(a, b, min(1.0, how), n) for a, b, how, n in rows]


def _noteworthy(pairs: Mapping[str, Sequence[Pair]], way: Way, size: int) -> dict[str, list[Pair]]:
    """The pairs of submissions that share enough over all questions."""
    enough = way.enough + _PER_DOUBLING * max(0.0, math.log2(max(1, size) / _MEASURED_AT))
    shared: dict[tuple[int, int], int] = {}
    for found in pairs.values():
        for pair in found:
            shared[pair.one, pair.other] = shared.get((pair.one, pair.other), 0) + pair.shared
    return {
        question: [pair for pair in found if shared[pair.one, pair.other] >= enough]
        for question, found in pairs.items()
    }  # fmt: skip


def _groups(pairs: Mapping[str, Sequence[Pair]]) -> list[Group]:
    """Joins pairs into groups within a question, and questions in which a group is the same."""
    groups: dict[tuple[int, ...], dict[str, Pair]] = {}
    for question, found in pairs.items():
        for members in _components(found):
            inside = [pair for pair in found if pair.one in members]
            strongest = max(inside, key=lambda pair: (pair.likeness * pair.shared, -pair.one, -pair.other))
            groups.setdefault(tuple(sorted(members)), {})[question] = strongest
    joined = [Group(members, questions) for members, questions in groups.items()]
    return sorted(joined, key=lambda group: (-group.shared, group.members))


def _components(pairs: Sequence[Pair]) -> list[frozenset[int]]:
    """Who hangs together."""
    root: dict[int, int] = {}

    def find(member: int) -> int:
        while (above := root.setdefault(member, member)) != member:
            root[member] = member = root[above]
        return member

    for pair in pairs:
        root[find(pair.other)] = find(pair.one)
    together: dict[int, set[int]] = {}
    for member in root:
        together.setdefault(find(member), set()).add(member)
    return [frozenset(members) for members in together.values()]
