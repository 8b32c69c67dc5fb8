"""The form checks that students run: kind, exact, and silent about answers that are fine."""

from __future__ import annotations

import json
import sys

import pytest
from conftest import ROOT

sys.path.insert(0, str(ROOT / "assignment"))

from checks import Hint, has_good_form

MARKED = [json.loads(line) for line in (ROOT / "tests" / "answers" / "development.jsonl").read_text().splitlines()]
QUESTION = "What is the difference between an encoder and a decoder in a Seq2Seq model?"


def _hint(answer, question=QUESTION) -> str | None:
    try:
        has_good_form(answer, "answer_8", question)
    except Hint as hint:
        return " ".join(str(hint).split())
    return None


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (None, "expected a text in answer_8, got nothing"),
        (42, "to be a text in quotes, got int"),
        (["encoder", "decoder"], "to be a text in quotes, got list"),
        ("", "still empty"),
        ("\n...\n", "still empty"),
        ("yes", "expected at least one sentence in answer_8, got 1 word"),
        ("?!?! 1234 ....", "in English, got mostly other signs"),
        ("Энкодер читает вход, а декодер пишет выход.", "in English, got mostly other signs"),
        ("x" * 1_000_000, "expected at most 6,000 characters in answer_8, got 1,000,000"),
        ("encoder, decoder, input sequence, output sequence, context vector", "got a list of terms"),
        (QUESTION, "from the question itself"),
        (
            "The difference between an encoder and a decoder in a Seq2Seq model is a difference.",
            "from the question itself",
        ),
    ],
)
def test_each_problem_gets_its_own_hint(answer, says):
    hint = _hint(answer)
    assert hint is not None and says in hint
    assert hint.rstrip().endswith(("?", "again.")), "a hint ends with a question or the next step"


@pytest.mark.parametrize(
    "answer",
    [
        "enc: input -> vector; dec: vector -> output",
        "The encoder reads, the decoder writes.",
        "Encoder reads. Decoder writes text.",
    ],
)
def test_short_but_meaningful_answers_pass(answer):
    assert _hint(answer) is None


def test_no_answer_that_earns_points_is_held_up():
    held_up = [answer["id"] for answer in MARKED if answer["points"] and _hint(answer["text"], "")]
    assert held_up == []


def test_most_keyword_lists_are_noticed():
    lists = [answer for answer in MARKED if answer["kind"] == "stuffed"]
    noticed = [answer for answer in lists if _hint(answer["text"], "")]
    assert len(noticed) >= 6, "6 of 9 when this was written; the others hold links such as ':' or real sentences"
