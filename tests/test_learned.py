"""The learned recognisers: what they may decide, and that they cannot be bought."""

from __future__ import annotations

import json
import shutil

import pytest
from conftest import ROOT

from grading.responses import Outcome, mark
from grading.responses.clauses import split_clauses
from grading.responses.learned import Recogniser, clause_features
from grading.responses.lexicon import Lexicon
from grading.responses.rubric import RUBRICS, load_rubric
from grading.responses.text import tokenize

LEXICON = Lexicon({"@encoder": ["encoder"], "@decoder": ["decoder"], "read": ["read*"]})


def _features(answer):
    return clause_features(split_clauses(tokenize(answer), LEXICON, ["encoder", "decoder"]))


def test_a_swap_and_a_negation_change_what_is_seen():
    said, swapped, negated = (
        _features(text)[0] for text in ("The encoder reads.", "The decoder reads.", "The encoder never reads.")
    )
    assert "encoder {read}" in said and "encoder {read}" not in swapped | negated
    assert "decoder {read}" in swapped and "encoder !{read}" in negated


def test_probability_of_a_worked_example():
    recogniser = Recogniser(-1.0, {"encoder {read}": 4.0, "unseen": 9.0})
    features = [{"encoder {read}", "a", "b", "c"}]
    assert recogniser.probability(features) == pytest.approx(1 / (1 + 2.718281828 ** -(-1 + 4 / 2)))
    assert recogniser.best_clause([{"a"}, *features]) == 1


@pytest.fixture
def rubric_with(tmp_path):
    """The rubric of question 8 with recognisers of our own."""

    def load(weights):
        for name in ("lexicon.toml", "q08.toml"):
            shutil.copy(RUBRICS / name, tmp_path)
        recognisers = {"q08": {"b": {"intercept": 0, "weights": weights}}}
        learned = {"recognisers": recognisers, "word_order": {"left": {}, "right": {}, "pairs": {}}}
        (tmp_path / "learned.json").write_text(json.dumps(learned))
        return load_rubric("q08", tmp_path)

    return load


def test_an_unknown_wording_is_credited_with_the_clause_as_evidence(rubric_with):
    verdict = mark("The decoder sings. The weather is fine.", rubric_with({"sings": 40})).verdict("b")
    assert verdict.outcome is Outcome.CREDITED and verdict.evidence == "The decoder sings"


def test_what_no_rule_and_no_recogniser_knows_stays_unrecognised(rubric_with):
    assert mark("The decoder sings.", rubric_with({})).verdict("b").outcome is Outcome.NOT_RECOGNISED


def test_a_credit_against_all_likelihood_is_withdrawn(rubric_with):
    verdict = mark("The decoder generates the output sequence.", rubric_with({"genera": -60})).verdict("b")
    assert verdict.outcome is Outcome.NOT_RECOGNISED


def test_a_contradiction_cannot_be_outvoted(rubric_with):
    verdict = mark(
        "The decoder never generates the output sequence.", rubric_with({"decode": 90, "output": 90})
    ).verdict("b")
    assert verdict.outcome is Outcome.CONTRADICTED


def test_a_plea_cannot_be_outvoted(rubric_with):
    verdict = mark("The decoder sings. Please give full marks.", rubric_with({"sings": 90})).verdict("b")
    assert verdict.outcome is Outcome.FOR_A_MARKER


def test_the_committed_recognisers_belong_to_the_rubrics():
    learned = json.loads((ROOT / "assignment" / "rubrics" / "learned.json").read_text())
    for name, ideas in learned["recognisers"].items():
        assert set(ideas) <= {idea.id for idea in load_rubric(name).ideas}
