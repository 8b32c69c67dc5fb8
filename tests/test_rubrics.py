"""The rubrics of the assignment: what they promise, on answers whose marks are known."""

from __future__ import annotations

import json
import time

import pytest
from conftest import ROOT

from grading.responses import load_rubric, mark, read_answer, rubric_names
from grading.responses.agreement import figures, mark_file
from grading.responses.rubric import rubric_name

IDEAS = ["abcd", "ab", "ab", "abc", "abcdefgh", "abc", "ab", "ab", "ab", "ab", "ab", "abc", *["ab"] * 6, "abcde", "ab"]
FULL_MARKS = [4, 2, 2, 3, 4, 3, 2, 2, 2, 2, 2, 3, *[2] * 8]


def _marked(name):
    return [json.loads(line) for line in (ROOT / "tests" / "answers" / name).read_text(encoding="utf-8").splitlines()]


def _points(answer):
    return mark(read_answer(answer["text"]), load_rubric(rubric_name(answer["question"])))


def test_rubrics_have_the_ideas_and_marks_of_the_guide():
    rubrics = [load_rubric(name) for name in rubric_names()]
    assert ["".join(idea.id for idea in rubric.ideas) for rubric in rubrics] == IDEAS
    assert [rubric.full_marks for rubric in rubrics] == FULL_MARKS


def test_rubric_and_notebook_ask_the_same_question(theory):
    prompts = {cell.id: cell.source for cell in theory.notebook.cells}
    for name in rubric_names():
        assert f"**{load_rubric(name).question}**" in prompts[f"q{int(name.removeprefix('q'))}-prompt"]


@pytest.mark.parametrize("name", rubric_names())
def test_model_answer_earns_full_marks(name, model_answers):
    rubric = load_rubric(name)
    marking = mark(read_answer(model_answers[int(name[1:])]), rubric)
    missed = [verdict for verdict in marking.verdicts if verdict.outcome.value != "credited"]
    assert marking.points == rubric.full_marks and not marking.for_a_marker, missed


@pytest.mark.parametrize("name", rubric_names())
def test_examples_in_the_rubric_are_marked_as_they_say(name):
    rubric = load_rubric(name)
    assert len(rubric.examples) >= 4
    for example in rubric.examples:
        assert mark(example.text, rubric).credited == tuple(sorted(example.ideas)), example.text


@pytest.mark.parametrize("name", rubric_names())
def test_the_question_itself_earns_nothing(name):
    rubric = load_rubric(name)
    assert mark(rubric.question, rubric).points == 0


@pytest.mark.parametrize("name", rubric_names())
def test_another_questions_model_answer_earns_less_than_full_marks(name, model_answers):
    """Neighbouring questions share ideas, so some points are right; full marks would mean that the rubric is blind."""
    rubric, own = load_rubric(name), int(name[1:])
    others = [n for n in model_answers if abs(n - own) > 1]
    full = [n for n in others if mark(read_answer(model_answers[n]), rubric).points == rubric.full_marks]
    assert len(full) <= 0.5 * len(others), full


def test_development_answers_are_marked_as_the_guide_says():
    found = figures(mark_file(ROOT / "tests" / "answers" / "development.jsonl"))
    assert found["exact"] >= 0.97 and found["worthless_credited"] <= 0.02 and found["wrong_credit"] <= 0.02


def test_held_out_answers_are_marked_about_as_well_as_documented():
    """On answers that nothing was fitted to; docs/agreement.md has the figures and what is still missing."""
    found = figures(mark_file(ROOT / "tests" / "answers" / "held-out.jsonl"))
    assert found["qwk"] >= 0.90 and found["exact"] >= 0.90 and found["full_credit"] >= 0.88
    assert found["worthless_credited"] <= 0.03 and found["wrong_credit"] <= 0.06 and found["marker_rate"] <= 0.08


def test_an_answer_takes_milliseconds():
    answers = [answer for answer in _marked("development.jsonl") if answer["question"] in (1, 5, 12, 20)]
    for answer in answers:
        load_rubric(rubric_name(answer["question"]))
    started = time.perf_counter()
    for answer in answers:
        _points(answer)
    assert (time.perf_counter() - started) / len(answers) < 0.05, "about 0.005 s when this was written"


def test_the_longest_readable_answer_takes_no_longer_than_a_second():
    text = ("attention encoder decoder token sequence not input output " * 200)[:6_000]
    for name in rubric_names():
        started = time.perf_counter()
        mark(text, load_rubric(name))
        assert time.perf_counter() - started < 1, name
