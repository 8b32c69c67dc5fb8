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
def test_an_earlier_rubrics_idea_stops_nobody(request_file, part):
    _fill_in(request_file, "yes", "no", "yes")
    eve = Result("eve.ipynb", (part,))
    write_requests(request_file, [WAITING, eve])
    assert {row["file"] for row in _rows(request_file)} == {"ada.ipynb"}
    assert grant(eve, read_marks(request_file)) == eve


def test_a_file_is_written_whole_or_not_at_all(request_file, monkeypatch):
    _fill_in(request_file, "yes", "no", "yes")
    before = request_file.read_bytes()

    def full(path, text, **_):
        path.write_bytes(text.encode()[:10])
        raise OSError("no space left on device")

    monkeypatch.setattr(type(request_file), "write_text", full)
    with pytest.raises(OSError, match="no space"):
        write_requests(request_file, [WAITING])
    assert request_file.read_bytes() == before


def test_a_very_long_cell_stops_nobody(request_file):
    """It is longer than the module csv reads, and than a spreadsheet's cells."""
    first, *others = WAITING.parts
    long = Result("ada.ipynb", (replace(first, answer="x" * 200_000), *others))
    write_requests(request_file, [long])
    _fill_in(request_file, "yes", "yes", "yes")
    assert grant(long, read_marks(request_file)).for_a_marker == 0
    request_file.write_text("file,question,idea,answer,grant\na,q1,a," + "x" * 200_000 + ",yes\n")
    with pytest.raises(ValueError, match="cannot be read: field larger"):
        read_marks(request_file)


def test_what_is_decided_shows_in_the_cases(request_file):
    _fill_in(request_file, "yes", "no", "")
    waiting = replace(WAITING.parts[0], cases=_passed("abc"))
    (part,) = grant(Result("ada.ipynb", (waiting,)), read_marks(request_file)).parts
    assert [(case.passed, case.message) for case in part.cases] == [
        (True, ""),
        (True, "granted by a person."),
        (False, "refused by a person."),
    ]


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
        ("answer_1 = (", "answer_1 = ("),
        ("%%time\nanswer_1 = 'timed'", "%%time\nanswer_1 = 'timed'"),
        ("if True:\n    answer_1 = 'a'", "if True:\n    answer_1 = 'a'"),
        ("for answer_1 in 'ab': pass", "for answer_1 in 'ab': pass"),
        ("answer_1, x = 'ab'", "answer_1, x = 'ab'"),
        ("answer_1 = 'a'\nanswer_1 += 'b'", "answer_1 = 'a'\nanswer_1 += 'b'"),
        ("print(answer_1)", ""),
        ("if answer_1 == 'a':\n  !ls", ""),
        ("answer_10 = 'ten'", ""),
        ("answer_1: str = 'typed'", "typed"),
        ("answer_1" + ".a" * 600 + " = 1\nanswer_1 = 'b'", "b"),
    ],
)
def test_the_text_of_an_answer_is_read_without_running_it(source, text):
    assert text_of([nbformat.v4.new_code_cell(source)], "answer_1") == text


def test_what_a_later_cell_adds_stands_below():
    cells = [nbformat.v4.new_code_cell(source) for source in ("answer_1 = 'main'", "answer_1 += ' more'")]
    assert text_of(cells, "answer_1") == "main\n\nanswer_1 += ' more'"


def test_a_cell_too_long_to_be_parsed_stands_for_its_text():
    source = "answer_1 = " + "1 + " * 300_000 + "1"
    assert text_of([nbformat.v4.new_code_cell(source)], "answer_1") == source
