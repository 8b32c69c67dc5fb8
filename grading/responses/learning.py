"""Fits the learned recognisers to marked answers. Needs scikit-learn, which marking does not."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .agreement import Marked
from .learned import Decision, clause_features, names_no_subject, recognisers_from, signals
from .marking import by_rules, read_clauses
from .rubric import Rubric, load_rubric, rubric_name
from .word_order import count

_FEWEST = 3  # positive and negative answers without which an idea gets no recogniser
_WEIGHT_OF_EXAMPLES = 3  # the examples in the rubric show what matters, so each counts as several answers
_OTHERS = 80  # about as many answers to unrelated questions teach what an answer off the topic looks like
_INVERSE_PENALTY, _OF_DECISION = 30.0, 1.0


def learn(answers: Sequence[Marked], fresh: Sequence[Marked]) -> str:
    """The JSON text of recognisers for all questions, of the decision, and of the order of words.

    Args:
        answers: marked answers.
        fresh: more of them, to which the rules have never been fitted. The decision is learned from these with
            recognisers that have not seen them either: whoever has seen an answer is too sure of it.
    """
    decision = _decide(fresh, _recognisers(answers))
    everything = [*answers, *fresh]
    sentences = [read_clauses(a.text, load_rubric(rubric_name(a.question)))[1] for a in everything if a.points]
    learned = {"recognisers": _recognisers(everything), "decision": asdict(decision)}
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
    seen = [set().union(*clause_features(read_clauses(text, rubric)[0])) for text, _ in answers]
    counts = Counter(name for features in seen for name in features)
    names = sorted((name for name, count in counts.items() if count > 1), key=lambda n: (not names_no_subject(n), n))
    telling = {name: round(math.log(len(answers) / counts[name]), 2) for name in names}
    words = [name for name in names if names_no_subject(name)]  # they come first, so their weights are a shorter list

    labels = {idea.id: [idea.id in ideas for _, ideas in answers] for idea in rubric.ideas}
    known = {idea: its for idea, its in labels.items() if min(sum(its), len(its) - sum(its)) >= _FEWEST}
    return {
        "features": names,
        "telling": list(telling.values()),
        "worth": _fit(seen, names, telling, [bool(ideas) for _, ideas in answers]),
        "ideas": {idea: [_fit(seen, part, telling, its) for part in (names, words)] for idea, its in known.items()},
    }


def _fit(
    seen: Sequence[set[str]], names: Sequence[str], telling: Mapping[str, float], labels: Sequence[bool]
) -> dict[str, Any]:
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    column = {name: i for i, name in enumerate(names)}
    cells = []
    for row, features in enumerate(seen):
        present = sorted(features & column.keys())
        length = math.sqrt(sum(telling[name] ** 2 for name in present)) or 1.0
        cells += [(row, column[name], telling[name] / length) for name in present]
    rows, columns, values = zip(*cells)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(seen), len(names)))
    model = LogisticRegression(
        C=_INVERSE_PENALTY, class_weight="balanced", solver="liblinear", max_iter=2000, random_state=0
    ).fit(matrix, labels)
    weights = [round(float(weight), 2) for weight in model.coef_[0]]
    return {"intercept": round(float(model.intercept_[0]), 3), "weights": weights}


def _decide(answers: Sequence[Marked], recognisers: dict[str, Any]) -> Decision:
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    rows, labels = [], []
    for answer in answers:
        rubric = load_rubric(rubric_name(answer.question))
        clauses, _ = read_clauses(answer.text, rubric)
        if clauses:
            said = {v.idea: (v.outcome.value, v.firm) for v in by_rules(clauses, rubric, answer.text)}
            rows += signals(said, clause_features(clauses), recognisers_from(recognisers[rubric.name]))
            labels += [idea in answer.ideas for idea in said]
    matrix = np.array(rows)
    spread = matrix.std(axis=0) + 1e-9  # the penalty must not depend on a signal's unit
    model = LogisticRegression(C=_OF_DECISION, max_iter=2000).fit(matrix / spread, labels)
    weights = [round(float(weight), 3) for weight in model.coef_[0] / spread]
    return Decision(round(float(model.intercept_[0]), 3), weights)


def write(answers: Sequence[Marked], fresh: Sequence[Marked], path: Path) -> None:
    """Fits and writes everything; see `learn`."""
    path.write_text(learn(answers, fresh), encoding="utf-8")
