"""Learned recognisers: how likely an answer states an idea, judged by its likeness to answers that people have marked.

Logistic regressions over what the rules see, too: word stems and concepts, alone and with the subject of their clause,
and whether they are negated. Swapped roles and negations therefore change the features, not only the wording. One
decision, the same for all questions, then weighs what rules and recognisers say of an idea. All weights lie in
`learned.json` beside the rubrics (`python -m grading rubric learn` makes them); without that file the rules decide
alone.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .clauses import Clause
from .word_order import WordOrder

_STEM = 6  # letters of a word that count
_LITTLE = frozenset(
    "a an the is are was were be been it its of to in on at by for from with and or so as has have do does".split()
)


@dataclass(frozen=True)
class Recogniser:
    """A logistic regression over features that are weighted by how telling they are, relative to all in the answer.

    Attributes:
        intercept: log odds of an answer with no feature.
        weights: feature -> weight.
        telling: feature -> logarithm of how many times rarer it is than one that every answer has.
    """

    intercept: float
    weights: Mapping[str, float]
    telling: Mapping[str, float]

    def log_odds(self, features: Iterable[set[str]]) -> float:
        """Of what it recognises, given the features of each clause of an answer."""
        present = set().union(*features) & self.weights.keys()
        length = math.sqrt(math.fsum(self.telling[name] ** 2 for name in present)) or 1.0
        return self.intercept + math.fsum(self.weights[name] * self.telling[name] for name in present) / length

    def best_clause(self, features: Sequence[set[str]]) -> int:
        """The clause that speaks most for it."""
        sums = [math.fsum(self.weights.get(n, 0.0) * self.telling.get(n, 0.0) for n in clause) for clause in features]
        return sums.index(max(sums))


@dataclass(frozen=True)
class Recognisers:
    """Those of one question.

    Attributes:
        worth: whether the answer states any idea at all.
        ideas: idea -> its recogniser over all features, and one over those that name no subject.
    """

    worth: Recogniser
    ideas: Mapping[str, tuple[Recogniser, Recogniser]]


@dataclass(frozen=True)
class Decision:
    """A logistic regression over signals: what rules and recognisers say of an idea, in the order of `signals`."""

    intercept: float
    weights: Sequence[float]

    def likelihood(self, signals: Sequence[float]) -> float:
        """How likely the idea is stated, 0 to 1."""
        return 1 / (1 + math.exp(-self.intercept - math.fsum(w * s for w, s in zip(self.weights, signals))))


def clause_features(clauses: Iterable[Clause]) -> list[set[str]]:
    """What is seen in each clause: stems and concepts, alone, with whom the clause is about, and with whom it names.

    `!` marks negation, `<` the last subject named before, `>` the next one named after.
    """
    return [_features(clause) for clause in clauses]


def _features(clause: Clause) -> set[str]:
    negated = {i for _, first, last in clause.negators for i in range(first, last)}
    subjects = "+".join(sorted(clause.subjects)) or "-"
    stems = [token.text[:_STEM] for token in clause.tokens]
    words = [f"!{stem}" if i in negated else stem for i, stem in enumerate(stems)]
    found = {f"{word}_{after}" for word, after in zip(words, stems[1:])}
    seen = list(enumerate(words))  # (place, name)
    named = []  # (place, subject)
    for concept, places in clause.found.items():
        if concept[0] == "@":
            named += [(first, concept) for first, _ in places]
        elif concept[0] != "=":
            name = f"!{{{concept}}}" if any(first in negated for first, _ in places) else f"{{{concept}}}"
            seen += [(first, name) for first, _ in places]
    named.sort()
    for place, name in seen:
        found |= {name, f"{subjects} {name}"}
        if name not in _LITTLE:
            before = [subject for at, subject in named if at <= place]
            after = [subject for at, subject in named if at > place]
            found |= {f"{subject}< {name}" for subject in before[-1:]} | {f"{subject}> {name}" for subject in after[:1]}
    return found


def names_no_subject(feature: str) -> bool:
    """Whether a feature is a word or concept alone."""
    return " " not in feature


def signals(said: Mapping[str, tuple[str, bool]], features: Sequence[set[str]], own: Recognisers) -> list[list[float]]:
    """What is known of each idea, for `Decision`.

    Args:
        said: idea -> outcome by the rules, and whether a strict pattern credits it.
        features: of each clause of the answer.
        own: the question's recognisers.
    """
    scores = {idea: [each.log_odds(features) for each in own.ideas.get(idea, ())] or [0.0, 0.0] for idea in said}
    worth, total = own.worth.log_odds(features), math.fsum(score for score, _ in scores.values())
    doubts = ("contradicted", "for a marker")
    any_doubt = float(any(outcome in doubts for outcome, _ in said.values()))  # roles are often swapped throughout
    rows = []
    for idea, (outcome, strict) in said.items():
        others = (total - scores[idea][0]) / max(1, len(said) - 1)
        by_rules = (outcome == "credited" and strict, outcome == "credited" and not strict)
        row = (*by_rules, *(outcome == doubt for doubt in doubts), any_doubt, *scores[idea], others, worth)
        rows.append([float(signal) for signal in row])
    return rows


@dataclass(frozen=True)
class Learned:
    """All that was learned: rubric name -> recognisers, the decision, and the order of words; empty without a file."""

    recognisers: Mapping[str, Recognisers]
    decision: Decision | None
    word_order: WordOrder | None


@lru_cache(maxsize=4)
def load_learned(path: Path) -> Learned:
    """Reads `learned.json`, if there is one."""
    if not path.exists():
        return Learned({}, None, None)
    data = json.loads(path.read_text(encoding="utf-8"))
    recognisers = {name: recognisers_from(raw) for name, raw in data["recognisers"].items()}
    return Learned(recognisers, Decision(**data["decision"]), WordOrder(**data["word_order"]))


def recognisers_from(raw: Mapping) -> Recognisers:
    """Recognisers from plain data: features once, then for each recogniser a weight per feature or a shorter list."""
    telling = dict(zip(raw["features"], raw["telling"]))

    def one(fitted: Mapping) -> Recogniser:
        return Recogniser(fitted["intercept"], dict(zip(raw["features"], fitted["weights"])), telling)

    ideas = {idea: (one(of_all), one(of_words)) for idea, (of_all, of_words) in raw["ideas"].items()}
    return Recognisers(one(raw["worth"]), ideas)
