"""Learned recognisers: how likely an answer states an idea, judged by its likeness to answers that people have marked.

One logistic regression per idea over what the rules see, too: word stems and concepts, each with the subject of its
clause and whether it is negated. Swapped roles and negations therefore change the features, not only the wording. The
weights lie in `learned.json` beside the rubrics (`python -m grading rubric learn` makes them); without that file the
rules decide alone.
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


@dataclass(frozen=True)
class Recogniser:
    """The weights for one idea."""

    intercept: float
    weights: dict[str, float]

    def probability(self, features: Sequence[set[str]]) -> float:
        """How likely the idea is stated, 0 to 1, given the features of each clause of an answer."""
        present = set().union(*features) if features else set()
        total = math.fsum(self.weights.get(name, 0.0) for name in present)
        return 1 / (1 + math.exp(-(self.intercept + total / math.sqrt(max(1, len(present))))))

    def best_clause(self, features: Sequence[set[str]]) -> int:
        """The clause that speaks most for the idea."""
        sums = [math.fsum(self.weights.get(name, 0.0) for name in clause) for clause in features]
        return sums.index(max(sums))


def clause_features(clauses: Iterable[Clause]) -> list[set[str]]:
    """What is seen in each clause: stems and concepts, alone and with the clause's subjects; `!` marks negation."""
    return [_features(clause) for clause in clauses]


def _features(clause: Clause) -> set[str]:
    negated = {i for _, first, last in clause.negators for i in range(first, last)}
    subjects = "+".join(sorted(clause.subjects)) or "-"
    stems = [token.text[:_STEM] for token in clause.tokens]
    found = set()
    for i, stem in enumerate(stems):
        name = f"!{stem}" if i in negated else stem
        found |= {name, f"{subjects} {name}"}
        if i + 1 < len(stems):
            found.add(f"{name}_{stems[i + 1]}")
    for concept, places in clause.found.items():
        if concept[0] not in "@=":
            name = f"!{{{concept}}}" if any(first in negated for first, _ in places) else f"{{{concept}}}"
            found |= {name, f"{subjects} {name}"}
    return found


@dataclass(frozen=True)
class Learned:
    """All that was learned: rubric name -> idea -> recogniser, and the order of words; empty without a file."""

    recognisers: Mapping[str, Mapping[str, Recogniser]]
    word_order: WordOrder | None


@lru_cache(maxsize=4)
def load_learned(path: Path) -> Learned:
    """Reads `learned.json`, if there is one."""
    if not path.exists():
        return Learned({}, None)
    data = json.loads(path.read_text(encoding="utf-8"))
    recognisers = {
        name: {idea: Recogniser(raw["intercept"], raw["weights"]) for idea, raw in ideas.items()}
        for name, ideas in data["recognisers"].items()
    }
    return Learned(recognisers, WordOrder(**data["word_order"]))
