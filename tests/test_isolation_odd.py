"""Odd objects and streams that random notebooks (test_random_notebooks.py) have found trouble with."""

from __future__ import annotations

import collections
import datetime
import json

import pytest
from small_notebooks import grade_small, passed, travel

from grading.isolation.values import encode


@pytest.mark.parametrize(
    "lost",
    ["import sys; sys.stdout = None", "import sys; sys.stderr.close()", "import os; os.close(1); os.close(2)"],
)
def test_a_notebook_without_its_streams_goes_on(tmp_path, lost):
    record = grade_small(tmp_path, ["a = 1", lost, "b = 1"], a=("a\nassert a == 1",), b=("b\nassert b == 1",))
    assert passed(record) == {"a": [True], "b": [True]} and record.notes == []


@pytest.mark.parametrize("timer", ["alarm(1)", "setitimer(signal.ITIMER_REAL, 0.5)"])
def test_an_alarm_that_a_cell_leaves_set_ends_no_later_one(tmp_path, timer):
    cells = [f"import signal; signal.{timer}\na = 1", "import time; time.sleep(1.5)\nb = 1"]
    record = grade_small(tmp_path, cells, a=("a\nassert a == 1",), b=("b\nassert b == 1",))
    assert passed(record) == {"a": [True], "b": [True]} and record.notes == []


ODD_ERRORS = [
    "class Meta(type):\n    __name__ = property(lambda self: print)\nclass Mine(Exception, metaclass=Meta): pass",
    "class Meta(type):\n    __mro__ = property(lambda self: 1 / 0)\nclass Mine(Exception, metaclass=Meta): pass",
    "class Text(str):\n    def __getitem__(self, key): return print\n"
    "class Mine(Exception):\n    def __str__(self): return Text('x')",
]


@pytest.mark.parametrize("definition", ODD_ERRORS)
def test_an_odd_exception_is_an_exception(tmp_path, definition):
    cells = [f"{definition}\ndef f(): raise Mine()", "b = 1"]
    record = grade_small(
        tmp_path, cells, a=("f\nf()", "f\ntry:\n    f()\nexcept Exception:\n    pass"), b=("b\nassert b",)
    )
    assert passed(record) == {"a": [False, True], "b": [True]} and record.notes == []


@pytest.mark.parametrize("body", ["raise KeyError('secret')", "raise SystemExit", "return 5", "import os; os._exit(0)"])
def test_an_object_that_a_failing_test_quotes_cannot_end_the_judge(tmp_path, body):
    cells = [f"class Odd:\n    def __str__(self): {body}\nthing = Odd()", "b = 1"]
    record = grade_small(tmp_path, cells, a=("thing\nassert False, thing",), b=("b\nassert b == 1",))
    assert passed(record) == {"a": [False], "b": [True]}
    assert "the notebook's process" in record.cases["a"][0].message if "_exit" in body else record.notes == []


@pytest.mark.parametrize(
    ("body", "shown"),
    [("value['a key of ours']", ""), ("assert 'a key of ours' in value, 'Is there a key?'", "Is there a key?")],
)
def test_a_hidden_test_shows_only_words_that_it_meant_to_say(tmp_path, body, shown):
    """An error that it raises by the way, on a copy of a student's value, can quote a hidden input."""
    (outcome,) = grade_small(tmp_path, ["value = {'a': 1}"], a=(f"value\n{body}",)).cases["a"]
    assert not outcome.passed and outcome.shown.removeprefix("AssertionError: ") == shown
    assert shown or "a key of ours" in outcome.message


class _Fields(tuple):
    _fields = (object(), None)


class _Date(datetime.date):
    def isoformat(self):
        return print


class _Delta(datetime.timedelta):
    days = property(lambda self: print)


def test_odd_subclasses_travel_as_json():
    for value in (_Fields((1, 2)), _Date(2026, 1, 2), _Delta(3)):
        json.dumps(encode(value, lambda item: ["object", 1])[0])
    assert travel(_Date(2026, 1, 2)) == datetime.date(2026, 1, 2) and travel(_Delta(3)) == datetime.timedelta(3)
    assert travel(collections.namedtuple("P", "x y")(1, [2]))._fields == ("x", "y")
