"""The measure of agreement itself, on cases worked out by hand."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from conftest import ROOT

from grading.responses.agreement import figures, interval, kappa, mark_file, report

KEYS = {"qwk", "exact", "full_credit", "worthless_credited", "wrong_credit", "marker_rate", "ms_per_answer", "n"}


def _file(tmp_path, *answers):
    path = tmp_path / "marked.jsonl"
    lines = [
        json.dumps({"id": str(i), "question": 8, "points": len(ideas), "ideas": ideas, "text": text})
        for i, (text, ideas) in enumerate(answers)
    ]
    path.write_text("\n".join(lines) + "\n")
    return path


BOTH = "The encoder turns the input sequence into a vector and the decoder generates the output sequence from it."
NONE = "I had no time to learn for this."


def test_kappa_of_worked_examples():
    assert kappa([(0, 0), (1, 1), (2, 2)]) == 1
    assert kappa([(0, 2), (2, 0)]) == -1
    # by hand: observed (0 + 1 + 0 + 1) / 4 = 0.5; expected over the margins = 24 / 16 = 1.5
    assert kappa([(0, 0), (0, 1), (2, 2), (2, 1)]) == pytest.approx(0.6666, abs=1e-3)


def test_figures_of_a_worked_file(tmp_path):
    path = _file(tmp_path, (BOTH, ["a", "b"]), (BOTH, []), (NONE, ["a"]), (NONE, []))
    found = figures(mark_file(path))
    assert set(found) == KEYS
    assert (found["exact"], found["full_credit"], found["worthless_credited"]) == (0.5, 1.0, 0.5)
    assert (found["wrong_credit"], found["marker_rate"], found["n"]) == (0.5, 0.0, 4)


def test_interval_holds_the_figure_and_never_changes(tmp_path):
    answers = mark_file(_file(tmp_path, *[(BOTH, ["a", "b"]), (NONE, ["a"])] * 10))
    low, high = interval(answers, "exact")
    assert low <= 0.5 <= high and (low, high) == interval(answers, "exact")


def test_report_shows_every_disagreement_with_evidence(tmp_path):
    text = report(mark_file(_file(tmp_path, (BOTH, []), (NONE, ["a"]), (NONE, []))))
    assert "0: 2 instead of 0" in text and "1: 0 instead of 1" in text and "2: " not in text.split("instead of 1")[1]
    assert "a: credited “" in text and "a: not recognised" in text


def test_a_line_that_is_no_answer_is_named(tmp_path):
    path = tmp_path / "marked.jsonl"
    path.write_text('{"question": 8}\n')
    with pytest.raises(ValueError, match=r"marked\.jsonl, line 1 is no marked answer"):
        mark_file(path)


def test_command_prints_the_figures_as_json(tmp_path):
    path = _file(tmp_path, (BOTH, ["a", "b"]), (NONE, []))
    done = subprocess.run(
        [sys.executable, "-m", "grading", "agreement", str(path), "--json"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout)) == KEYS
