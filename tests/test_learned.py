"""The learned recognisers: what they may decide, and that they cannot be bought."""

from __future__ import annotations

import json
import shutil

import pytest
from conftest import ROOT

from grading.responses import Outcome, mark
from grading.responses.clauses import split_clauses
from grading.responses.learned import Decision, Recogniser, Recognisers, clause_features, signals
from grading.responses.lexicon import Lexicon
from grading.responses.rubric import RUBRICS, load_rubric, rubric_names
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


def test_log_odds_of_a_worked_example():
    recogniser = Recogniser(
        -1.0, {"read": 4.0, "tells": 2.0, "unseen": 9.0}, {"read": 3.0, "tells": 4.0, "unseen": 1.0}
    )
    features = [{"read", "unknown"}, {"tells"}]
    assert recogniser.log_odds(features) == pytest.approx(-1 + (4 * 3 + 2 * 4) / 5)  # 5 is the length of (3, 4)
    assert recogniser.log_odds([]) == -1
    assert recogniser.best_clause(features) == 0


def test_a_decision_weighs_signals():
    decision = Decision(-1.0, [2.0, 0.0, -3.0])
    assert decision.likelihood([1.0, 5.0, 0.0]) == pytest.approx(1 / (1 + 2.718281828**-1))
    assert decision.likelihood([1.0, 5.0, 1.0]) < 0.2


def test_signals_are_of_rules_first_then_of_recognisers():
    of_all, of_words = Recogniser(1.0, {"a": 2.0}, {"a": 1.0}), Recogniser(0.5, {}, {})
    own = Recognisers(Recogniser(-4.0, {}, {}), {"a": (of_all, of_words)})
    rows = signals({"a": ("credited", True), "b": ("contradicted", False)}, [{"a"}], own)
    assert rows == [[1, 0, 0, 0, 1, 3, 0.5, 0, -4], [0, 0, 1, 0, 1, 0, 0, 3, -4]]


@pytest.fixture
def rubric_with(tmp_path):
    """The rubric of question 8 with recognisers of our own for idea b, and a decision that trusts them."""

    def load(weights):
        for name in ("lexicon.toml", "q08.toml"):
            shutil.copy(RUBRICS / name, tmp_path)
        fitted, nothing = {"intercept": 0, "weights": list(weights.values())}, {"intercept": 0, "weights": []}
        own = {"features": list(weights), "telling": [1] * len(weights), "worth": nothing, "ideas": {"b": [fitted] * 2}}
        decision = {"intercept": -2, "weights": [4, 3, 0, 0, 0, 1, 0, 0, 0]}
        order = {"left": {}, "right": {}, "pairs": {}}
        learned = {"recognisers": {"q08": own}, "decision": decision, "word_order": order}
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


def test_an_idea_without_a_recogniser_is_left_to_the_rules(rubric_with):
    marking = mark("The encoder compresses the input. The decoder sings.", rubric_with({"sings": 90}))
    assert marking.credited == ("a", "b")


def test_the_committed_recognisers_belong_to_the_rubrics():
    learned = json.loads((ROOT / "assignment" / "rubrics" / "learned.json").read_text())
    assert set(learned["recognisers"]) == set(rubric_names())
    for name, own in learned["recognisers"].items():
        assert set(own["ideas"]) <= {idea.id for idea in load_rubric(name).ideas}
    assert len(learned["decision"]["weights"]) == 9
