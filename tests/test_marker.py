"""The loop with a person: what waits goes out as CSV, comes back filled in, and changes the grades."""

from __future__ import annotations

import csv
from dataclasses import replace

import nbformat
import pytest

from grading.marker import COLUMNS, grant, read_marks, write_requests
from grading.result import Case, Part, Result
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


def test_what_is_left_empty_goes_on_waiting(request_file):
    assert grant(WAITING, read_marks(request_file)) == WAITING
    _fill_in(request_file, "yes", "", "")
    result = grant(WAITING, read_marks(request_file))
    assert [part.score for part in result.parts] == [2, 2, 2]
    assert [list(part.for_a_marker) for part in result.parts] == [["c"], ["c"], []]


def test_what_waits_may_earn_its_points_meanwhile(request_file):
    """As `waiting_ideas_earn_points` has it: then its case has passed."""
    earns = Part("q1", 3, 4, ("a",), WAITING.parts[0].for_a_marker, WAITING.parts[0].answer, 0.0, _passed("abc"))
    _fill_in(request_file, "no", "", "")
    (part,) = grant(Result("ada.ipynb", (earns,)), read_marks(request_file)).parts
    assert part.score == 2 and list(part.for_a_marker) == ["c"]


def _passed(ideas):
    return tuple(Case(idea, True, 1.0, True) for idea in ideas)


def test_a_decision_is_about_the_answer_that_was_looked_at(request_file):
    _fill_in(request_file, "yes", "yes", "yes")
    first, *others = WAITING.parts
    anew = Result("ada.ipynb", (replace(first, answer="another answer"), *others))
    assert [part.score for part in grant(anew, read_marks(request_file)).parts] == [1, 3, 2]
    write_requests(request_file, [anew])
    asked = {(row["question"], row["idea"], row["answer"]): row["grant"] for row in _rows(request_file)}
    assert asked["q1", "b", "another answer"] == "" and asked["q5", "c", "GPT-2 …"] == "yes"
    assert asked["q1", "b", "'=SUM(A1) is no answer"] == "yes"  # nobody's work is thrown away


def test_decisions_stay_while_a_submission_cannot_be_graded(request_file):
    _fill_in(request_file, "yes", "no", "")
    write_requests(request_file, [Result("ada.ipynb", error="the process that grades has ended")])
    write_requests(request_file, [WAITING])
    assert [row["grant"] for row in _rows(request_file)] == ["yes", "no", ""]


@pytest.mark.parametrize("part", [Part("q1", 0, 4, (), {"zz": "no such idea"}), Part("q99", 0, 4, (), {"a": "none"})])
def test_a_file_is_written_whole_or_not_at_all(request_file, part):
    _fill_in(request_file, "yes", "no", "yes")
    before = request_file.read_bytes()
    with pytest.raises(Exception):  # noqa: B017
        write_requests(request_file, [WAITING, Result("eve.ipynb", (part,))])
    assert request_file.read_bytes() == before


def test_a_file_of_another_program_is_not_overwritten(request_file):
    text = request_file.read_text(encoding="utf-8-sig").replace(",", ";")
    request_file.write_text(text, encoding="utf-8-sig")
    with pytest.raises(ValueError, match="has no column 'file'; its columns must be parted by commas"):
        write_requests(request_file, [WAITING])
    assert request_file.read_text(encoding="utf-8-sig") == text
    request_file.write_bytes("file,question,idea,answer,grant\nä,q1,a,x,yes\n".encode("latin-1"))
    with pytest.raises(ValueError, match="not in UTF-8"):
        read_marks(request_file)


def test_marks_of_others_change_nothing(request_file):
    _fill_in(request_file, "yes", "yes", "yes")
    other = Result("bob.ipynb", WAITING.parts)
    assert grant(other, read_marks(request_file)) == other


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("file,question,idea,answer\n", "has no column 'grant'"),
        ("file,question,idea,answer,grant\na,q1,a,x,perhaps\n", "answer 1: grant must be yes or no"),
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
        ("answer_1: str = 'typed'", "typed"),
        ("answer_1" + ".a" * 600 + " = 1\nanswer_1 = 'b'", "b"),
    ],
)
def test_the_text_of_an_answer_is_read_without_running_it(source, text):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    assert text_of(notebook, "answer_1") == text
