"""Fits the learned recognisers to marked answers. Needs scikit-learn, which marking does not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from .agreement import Marked
from .learned import clause_features
from .marking import read_clauses
from .rubric import Rubric, load_rubric, rubric_name
from .word_order import count

_FEWEST = 3  # positive and negative answers without which an idea gets no recogniser
_KEPT = 800  # weights per idea; on answers left out, 300 gave 0.885 exact and all (about 4,000) 0.890
_WEIGHT_OF_EXAMPLES = 3  # the examples in the rubric show what matters, so each counts as several answers
_OTHERS = 80  # about as many answers to unrelated questions teach what an answer off the topic looks like
_INVERSE_PENALTY = 30.0  # on answers left out, 10 gave 0.880 exact, 30 and 100 both 0.890


def learn(answers: Sequence[Marked]) -> str:
    """The JSON text of recognisers for all ideas of the questions among the answers, and of the order of words."""
    recognisers = {}
    for question in sorted({answer.question for answer in answers}):
        rubric = load_rubric(rubric_name(question))
        own = [(answer.text, answer.ideas) for answer in answers if answer.question == question]
        own += [(example.text, example.ideas) for example in rubric.examples] * _WEIGHT_OF_EXAMPLES
        others = [(answer.text, ()) for answer in answers if rubric_name(answer.question) not in rubric.related]
        recognisers[rubric.name] = _learn(rubric, own + others[:: max(1, len(others) // _OTHERS)])
    sentences = [read_clauses(a.text, load_rubric(rubric_name(a.question)))[1] for a in answers if a.points]
    learned = {"recognisers": recognisers, "word_order": asdict(count(sentences))}
    return json.dumps(learned, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def _learn(rubric: Rubric, answers: Sequence[tuple[str, Sequence[str]]]) -> dict:
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    seen = [set().union(*clause_features(read_clauses(text, rubric)[0])) for text, _ in answers]
    counts = Counter(name for features in seen for name in features)
    names = sorted(name for name, count in counts.items() if count > 1)
    column = {name: i for i, name in enumerate(names)}
    cells = [(row, column[name], len(fs) ** -0.5) for row, fs in enumerate(seen) for name in fs if name in column]
    rows, columns, values = zip(*sorted(cells))
    matrix = csr_matrix((values, (rows, columns)), shape=(len(answers), len(names)))
    fitted = {}
    for idea in rubric.ideas:
        labels = np.array([idea.id in ideas for _, ideas in answers])
        if min(labels.sum(), (~labels).sum()) < _FEWEST:
            continue
        model = LogisticRegression(
            C=_INVERSE_PENALTY, class_weight="balanced", solver="liblinear", max_iter=2000, random_state=0
        ).fit(matrix, labels)
        strongest = sorted(zip(names, model.coef_[0]), key=lambda pair: (-abs(pair[1]), pair[0]))[:_KEPT]
        fitted[idea.id] = {
            "intercept": round(float(model.intercept_[0]), 3),
            "weights": {name: round(float(weight), 2) for name, weight in strongest},
        }
    return fitted


def write(answers: Sequence[Marked], path: Path) -> None:
    """Fits and writes the recognisers."""
    path.write_text(learn(answers), encoding="utf-8")
