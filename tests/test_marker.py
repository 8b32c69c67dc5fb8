"""The loop with a person: what waits goes out as CSV, comes back filled in, and changes the grades."""

from __future__ import annotations

import csv

import nbformat
import pytest

from grading.marker import COLUMNS, grant, read_marks, write_requests
from grading.result import Part, Result
from grading.submission import text_of

WAITING = Result(
    "ada.ipynb",
    (
        Part(
            "q1",
            1,
            4,
            ("a",),
            {"b": "it says “P” and also “not P”", "c": "it negates more than once"},
            "=SUM(A1) is no answer",
        ),
        Part("q5", 2, 4, ("a", "b"), {"c": "can be read both ways"}, "GPT-2 …"),
        Part("q8", 2, 2, ("a", "b"), {}, "fine"),
    ),
)


@pytest.fixture
def request_file(tmp_path):
    path = tmp_path / "marker.csv"
    write_requests(path, [WAITING])
    return path


def _rows(path):
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def _fill_in(path, *grants):
    rows = _rows(path)
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for row, answer in zip(rows, grants):
            writer.writerow(row | {"grant": answer})


def test_a_line_for_every_waiting_idea_with_all_that_a_person_needs(request_file):
    rows = _rows(request_file)
    assert [(row["question"], row["idea"], row["points_at_stake"]) for row in rows] == [
        ("q1", "b", "1"),
        ("q1", "c", "1"),
        ("q5", "c", "1"),
    ]
    assert "Transformer" in rows[0]["says"] and rows[0]["why"].startswith("it says")


def test_student_text_cannot_become_a_formula(request_file):
    assert _rows(request_file)[0]["answer"] == "'=SUM(A1) is no answer"


def test_granted_ideas_earn_their_points_and_no_longer_wait(request_file):
    _fill_in(request_file, "yes", "no", "Y")
    result = grant(WAITING, read_marks(request_file))
    assert [part.score for part in result.parts] == [2, 3, 2]
    assert result.for_a_marker == 0


def test_an_empty_column_decides_that_nothing_is_granted(request_file):
    result = grant(WAITING, read_marks(request_file))
    assert result.score == WAITING.score and result.for_a_marker == 0


def test_marks_of_others_change_nothing(request_file):
    _fill_in(request_file, "yes", "yes", "yes")
    other = Result("bob.ipynb", WAITING.parts)
    assert grant(other, read_marks(request_file)) == other


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("file,question,idea\n", "has no column 'grant'"),
        ("file,question,idea,grant\na,q1,a,perhaps\n", "line 2: grant must be yes or no"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path, text, says):
    path = tmp_path / "marks.csv"
    path.write_text(text)
    with pytest.raises(ValueError, match=says):
        read_marks(path)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('answer_1 = """\nBERT reads.\n"""', "BERT reads."),
        ("x = 1\nanswer_1 = 'a'\nanswer_1 = 'b'", "b"),
        ("answer_1 = ' '.join(parts)", "answer_1 = ' '.join(parts)"),
        ("answer_1 = (", ""),
        ("answer_10 = 'ten'", ""),
    ],
)
def test_the_text_of_an_answer_is_read_without_running_it(source, text):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    assert text_of(notebook, "answer_1") == text
