"""Fits the learned recognisers to marked answers. Needs scikit-learn, which marking does not."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .agreement import Marked
from .learned import Decision, clause_features, names_no_subject, recognisers_from, signals
from .marking import by_rules, read_clauses
from .rubric import Rubric, load_rubric, rubric_name
from .word_order import count

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_FEWEST = 3  # positive and negative answers without which an idea gets no recogniser
_WEIGHT_OF_EXAMPLES = 3  # the examples in the rubric show what matters, so each counts as several answers
_OTHERS = 80  # about as many answers to unrelated questions teach what an answer off the topic looks like
_RAREST = 3  # answers that a feature must stand in
_INVERSE_PENALTY, _OF_DECISION = 30.0, 1.0


def learn(fitted: Sequence[Marked], fresh: Sequence[Sequence[Marked]]) -> str:
    """The JSON text of recognisers for all questions, of the decision, and of the order of words.

    Args:
        fitted: marked answers that the rules were written for, too.
        fresh: batches of answers to which the rules have never been fitted. The decision is learned from these, each
            batch with recognisers that have not seen it either: whoever has seen an answer is too sure of it.
    """
    unseen = []
    for batch in fresh:
        others = [answer for other in fresh if other is not batch for answer in other]
        unseen.append((batch, _recognisers([*fitted, *others])))
    everything = [*fitted, *(answer for batch in fresh for answer in batch)]
    sentences = [read_clauses(a.text, load_rubric(rubric_name(a.question)))[1] for a in everything if a.points]
    learned = {"recognisers": _recognisers(everything), "decision": asdict(_decide(unseen))}
    learned["word_order"] = asdict(count(sentences))
    return json.dumps(learned, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def _recognisers(answers: Sequence[Marked]) -> dict[str, Any]:
    recognisers = {}
    for question in sorted({answer.question for answer in answers}):
        rubric = load_rubric(rubric_name(question))
        own = [(answer.text, answer.ideas) for answer in answers if answer.question == question]
        own += [(example.text, example.ideas) for example in rubric.examples] * _WEIGHT_OF_EXAMPLES
        others = [(answer.text, ()) for answer in answers if rubric_name(answer.question) not in rubric.related]
        recognisers[rubric.name] = _learn(rubric, [*own, *others[:: max(1, len(others) // _OTHERS)]])
    return recognisers


def _learn(rubric: Rubric, answers: Sequence[tuple[str, Sequence[str]]]) -> dict[str, Any]:
    seen = [_features(text, rubric.name) for text, _ in answers]
    counts = Counter(name for features in seen for name in features)
    names = sorted(
        (name for name, count in counts.items() if count >= _RAREST), key=lambda n: (not names_no_subject(n), n)
    )
    telling = {name: round(math.log(len(answers) / counts[name]), 2) for name in names}
    words = [name for name in names if names_no_subject(name)]  # they come first, so their weights are a shorter list

    labels = {idea.id: [idea.id in ideas for _, ideas in answers] for idea in rubric.ideas}
    known = {idea: its for idea, its in labels.items() if min(sum(its), len(its) - sum(its)) >= _FEWEST}
    of_all, of_words = (_matrix(seen, part, telling) for part in (names, words))
    return {
        "features": names,
        "telling": list(telling.values()),
        "worth": _fit(of_all, [bool(ideas) for _, ideas in answers]),
        "ideas": {idea: [_fit(matrix, its) for matrix in (of_all, of_words)] for idea, its in known.items()},
    }


@cache
def _features(text: str, rubric: str) -> frozenset[str]:
    """Kept, as most answers are learned from once for every fresh batch."""
    return frozenset().union(*clause_features(read_clauses(text, load_rubric(rubric))[0]))


def _matrix(seen: Sequence[frozenset[str]], names: Sequence[str], telling: Mapping[str, float]) -> csr_matrix:
    """What `Recogniser.log_odds` weighs: a row per answer, of length 1, with a column per feature."""
    from scipy.sparse import csr_matrix

    column = {name: i for i, name in enumerate(names)}
    cells = []
    for row, features in enumerate(seen):
        present = sorted(features & column.keys())
        length = math.sqrt(sum(telling[name] ** 2 for name in present)) or 1.0
        cells += [(row, column[name], telling[name] / length) for name in present]
    rows, columns, values = zip(*cells)
    return csr_matrix((values, (rows, columns)), shape=(len(seen), len(names)))


def _fit(matrix: csr_matrix, labels: Sequence[bool]) -> dict[str, Any]:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(
        C=_INVERSE_PENALTY, class_weight="balanced", solver="liblinear", max_iter=2000, random_state=0
    ).fit(matrix, labels)
    weights = [round(float(weight), 2) for weight in model.coef_[0]]
    return {"intercept": round(float(model.intercept_[0]), 3), "weights": weights}


def _decide(unseen: Sequence[tuple[Sequence[Marked], dict[str, Any]]]) -> Decision:
    """Learns from batches of answers, each with recognisers that have not seen it."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    rows, labels = [], []
    for answers, recognisers in unseen:
        own = {name: recognisers_from(raw) for name, raw in recognisers.items()}
        for answer in answers:
            rubric = load_rubric(rubric_name(answer.question))
            clauses, _ = read_clauses(answer.text, rubric)
            if clauses:
                said = {v.idea: (v.outcome.value, v.firm) for v in by_rules(clauses, rubric, answer.text)}
                rows += signals(said, clause_features(clauses), own[rubric.name])
                labels += [idea in answer.ideas for idea in said]
    matrix = np.array(rows)
    spread = matrix.std(axis=0) + 1e-9  # the penalty must not depend on a signal's unit
    model = LogisticRegression(C=_OF_DECISION, max_iter=2000).fit(matrix / spread, labels)
    weights = [round(float(weight), 3) for weight in model.coef_[0] / spread]
    return Decision(round(float(model.intercept_[0]), 3), weights)


def write(fitted: Sequence[Marked], fresh: Sequence[Sequence[Marked]], path: Path) -> None:
    """Fits and writes everything; see `learn`."""
    path.write_text(learn(fitted, fresh), encoding="utf-8")
