"""What the checks of the practicals say about a value: the sentences that students read, word for word."""

from __future__ import annotations

import copy
import re
import sys
from collections import namedtuple

import numpy as np
import pytest
from conftest import ROOT

sys.path.insert(0, str(ROOT / "assignment"))

import expect
from checks import Hint

ASK = "Which one?"


class TorchTensor:
    """Gives its numbers only when detached, as a torch tensor with a gradient does."""

    def __init__(self, numbers, detached=False):
        self.numbers, self.detached = numbers, detached

    def detach(self):
        return TorchTensor(self.numbers, detached=True)

    def numpy(self):
        if not self.detached:
            raise RuntimeError("Can't call numpy() on Tensor that requires grad.")
        return np.array(self.numbers)


class TensorFlowTensor:
    def __init__(self, numbers):
        self.numbers = numbers

    def numpy(self):
        made = np.array(self.numbers)
        return made if made.ndim else made[()]  # as TensorFlow does


class SymbolicTensor:
    def numpy(self):
        raise NotImplementedError("numpy() is only available when eager execution is enabled.")


class Model:
    """An object that is not plain data. It dislikes everything that an array would be asked."""

    name = "model"

    def __len__(self):
        raise RuntimeError("no length")

    def __getitem__(self, key):
        raise RuntimeError("no items")


def says(check, *arguments, **options):
    """The sentence of the Hint, on one line."""
    with pytest.raises(Hint) as caught:
        check(*arguments, **options)
    sentence = str(caught.value).replace("\n", " ")
    assert "Traceback" not in sentence and "  " not in sentence and sentence == sentence.strip()
    assert max(map(len, str(caught.value).split("\n"))) <= 76
    return sentence


# --- there at all ---------------------------------------------------------------------------------------------------


def test_given():
    assert expect.given("the ids", 0) == 0
    assert says(expect.given, "the ids", None, ask=ASK) == "expected the ids, got None. Which one?"
    assert says(expect.given, "the ids", None).endswith("Is it written, does it return something, has its cell run?")


@pytest.mark.parametrize(
    "check",
    [
        expect.array,
        lambda name, value, ask: expect.value(name, value, [1], ask=ask),
        expect.number,
        expect.text,
        expect.items,
        lambda name, value, ask: expect.entries(name, value, ["loss"], ask=ask),
        lambda name, value, ask: expect.has(name, value, "predict", ask=ask),
    ],
)
def test_none_is_always_the_first_complaint(check):
    assert re.fullmatch(r"expected the result, got None\. \w.*\?", says(check, "the result", None, ask=ASK))


# --- array ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "numbers",
    [
        [[1, 2], [3, 4]],
        ((1, 2), (3, 4)),
        [np.array([1, 2]), (np.int32(3), 4)],
        np.array([[1, 2], [3, 4]], dtype=np.int32),
        TorchTensor([[1, 2], [3, 4]]),
        TensorFlowTensor([[1, 2], [3, 4]]),
    ],
)
def test_arrays_come_in_many_forms(numbers):
    got = expect.array("the ids", numbers, shape=(2, None), kind="int", low=1, high=4, equals=[[1, 2], [3, 4]])
    assert isinstance(got, np.ndarray) and got.tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    ("value", "options", "sentence"),
    [
        ("abc", {}, "expected an array of numbers as the ids, got a text: 'abc'."),
        ({"a": 1}, {}, "expected an array of numbers as the ids, got a dictionary: {'a': 1}."),
        ({1, 2}, {}, "expected an array of numbers as the ids, got a set: {1, 2}."),
        (["1"], {}, "expected an array of numbers as the ids, got a list: ['1']."),
        ([1, None], {}, "expected an array of numbers as the ids, got a list: [1, None]."),
        (Model(), {}, "expected an array of numbers as the ids, got a Model."),
        (len, {}, "expected an array of numbers as the ids, got a function."),
        (SymbolicTensor(), {}, "expected an array of numbers as the ids, got a SymbolicTensor."),
        ([[1], [1, 2]], {}, "expected an array of numbers as the ids, got rows of different lengths."),
        ([1, 2], {"shape": (3,)}, "expected the ids of shape (3,), got shape (2,)."),
        ([1, 2], {"shape": (None, 4)}, "expected the ids of shape (any, 4), got shape (2,)."),
        (3, {"shape": (1,)}, "expected the ids of shape (1,), got shape ()."),
        ([1, 2], {"equals": [[1, 2]]}, "expected the ids of shape (1, 2), got shape (2,)."),
        ([1.0], {"kind": "int"}, "expected whole numbers in the ids, got float64."),
        ([True], {"kind": "int"}, "expected whole numbers in the ids, got bool."),
        ([1], {"kind": "float"}, "expected floating-point numbers in the ids, got int64."),
        ([0.5, np.nan], {}, "expected finite numbers in the ids, got nan."),
        ([0.5, -np.inf], {}, "expected finite numbers in the ids, got -inf."),
        ([0.5, -0.25], {"low": 0}, "expected no number below 0 in the ids, got -0.25."),
        ([3, 1234567], {"high": 9}, "expected no number above 9 in the ids, got 1234567."),
        ([[1, 2], [3, 5]], {"equals": [[1, 2], [3, 4]]}, "expected 4 at [1, 1] in the ids, got 5."),
        ([0.5, np.nan], {"equals": [0.5, 0.25]}, "expected 0.25 at [1] in the ids, got nan."),
        (2.0, {"equals": 1}, "expected 1 in the ids, got 2."),
        ([True, False], {"equals": [True, True]}, "expected True at [1] in the ids, got False."),
    ],
)
def test_array_says_what_is_wrong(value, options, sentence):
    assert says(expect.array, "the ids", value, **options, ask=ASK) == f"{sentence} {ASK}"
    assert says(expect.array, "the ids", value, **options) == sentence


def test_array_looks_at_type_then_shape_then_kind_then_values():
    wanted = {"shape": (2,), "kind": "int", "low": 0}
    steps = [None, "ab", [-0.5], [-0.5, 0.5], [-1, 1], [1, 1]]
    complaints = [says(expect.array, "ids", value, **wanted) for value in steps[:-1]]
    starts = ["ids, got None", "an array", "ids of shape", "whole numbers", "no number below"]
    assert [said.startswith(f"expected {start}") for said, start in zip(complaints, starts)] == [True] * 5
    assert expect.array("ids", steps[-1], **wanted).tolist() == [1, 1]


def test_array_leaves_room_for_rounding_and_for_empty_arrays():
    expect.array("the rows", [1.000001, -0.000001], low=0, high=1)
    expect.array("the rows", np.float32([0.1]), equals=[0.1], kind="float")
    assert expect.array("the ids", [], shape=(0,), kind="int").size == 0
    expect.array("the scores", [-np.inf, 0.5], equals=[-np.inf, 0.5])
    expect.array("what is known", np.array([True, False]), equals=[True, False])


# --- value ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (("a", ["b", ("c",)]), ["a", ("b", ["c"])]),
        ([np.str_("a"), np.int64(1), np.bool_(True)], ["a", 1, True]),
        (np.array([[1, 2]]), [[1, 2]]),
        (np.longdouble(0.5), 0.5),
        (np.array([0.5], dtype=np.longdouble), [0.5]),
        (TorchTensor([1.0, 2.0]), [1, 2]),
        (TensorFlowTensor(3), 3),
        ({"a": np.float32(0.5)}, {"a": 0.5}),
        ({(0, 1): [2], np.str_("b"): 1}, {(0, 1): (2,), "b": 1}),
        ({np.str_("a"), "b"}, {"b", "a"}),
        (namedtuple("Span", "start end")(0, 4), (0, 4)),
        (0.1 + 0.2, 0.3),
        (2.0, 2),
        (np.bool_(False), False),
        (None, None),
        ([], ()),
    ],
)
def test_equal_values_pass(value, wanted):
    assert expect.value("it", value, wanted) == expect.plain(value)


@pytest.mark.parametrize(
    ("value", "wanted", "sentence"),
    [
        (3, "a", "expected a text as it, got a whole number: 3."),
        ("3", 3, "expected a whole number as it, got a text: '3'."),
        (True, 1, "expected a whole number as it, got a truth value: True."),
        (1, True, "expected a truth value as it, got a whole number: 1."),
        ("ab", ["a", "b"], "expected a list as it, got a text: 'ab'."),
        ([1], None, "expected None as it, got a list: [1]."),
        (Model(), "a", "expected a text as it, got a Model."),
        (["a"], {"a"}, "expected a set as it, got a list: ['a']."),
        ({"b"}, {"a"}, "expected {'a'} as it, got {'b'}."),
        (["a"], ["a", "b"], "expected 2 items in it, got 1: ['a']."),
        ([], ["a"], "expected 1 item in it, got 0: []."),
        (["a", "c"], ("a", "b"), "expected 'b' as item 1 of it, got 'c'."),
        ([1, [2, 3]], [1, [2, 4]], "expected 4 as item 1 of item 1 of it, got 3."),
        ([[1, 2]], [[1]], "expected 1 item in item 0 of it, got 2: [1, 2]."),
        (["a", None], ["a", "b"], "expected a text as item 1 of it, got None."),
        ({"f1": 0.5}, {"f1": 2 / 3}, "expected 0.66666667 as 'f1' of it, got 0.5."),
        ({"F1": 0.5}, {"f1": 0.5}, "expected the keys ['f1'] in it, got ['F1']."),
        (np.nan, 0.5, "expected 0.5 as it, got nan."),
        (1000001, 1000000, "expected 1000000 as it, got 1000001."),
        (10**400, 1, "expected 1 as it, got 10"),
        ("x" * 200 + "b", "x" * 200 + "a", "expected …'xxxxxxxxxxxxxxxxxxxxa' as it, got …'xxxxxxxxxxxxxxxxxxxxb'."),
    ],
)
def test_value_says_what_is_wrong(value, wanted, sentence):
    said = says(expect.value, "it", value, wanted, ask=ASK)
    assert said.startswith(sentence) and said.endswith(ASK)
    assert len(said) < 200


# --- number ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value", [2, 2.0, np.int64(2), np.float32(2), np.array(2), [2], TorchTensor(2.0), TensorFlowTensor(2)]
)
def test_numbers_come_in_many_forms(value):
    got = expect.number("the loss", value, low=2, high=2)
    assert got == 2 and type(got) is float


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("2", "expected a number as the loss, got a text: '2'."),
        (True, "expected a number as the loss, got a truth value: True."),
        (np.bool_(True), "expected a number as the loss, got a truth value: True."),
        ([1, 2], "expected a number as the loss, got a list: [1, 2]."),
        ((1, 2), "expected a number as the loss, got a tuple: (1, 2)."),
        (np.zeros(2), "expected a number as the loss, got an array: [0.0, 0.0]."),
        (Model(), "expected a number as the loss, got a Model."),
        (1j, "expected a number as the loss, got a complex."),
        (np.nan, "expected a finite number as the loss, got nan."),
        (np.inf, "expected a finite number as the loss, got inf."),
        (-1, "expected 0 to 0.5 for the loss, got -1."),
        (0.75, "expected 0 to 0.5 for the loss, got 0.75."),
        (12345678, "expected 0 to 0.5 for the loss, got 12345678."),
        (0.50000001, "expected 0 to 0.5 for the loss, got 0.50000001."),
    ],
)
def test_number_says_what_is_wrong(value, sentence):
    assert says(expect.number, "the loss", value, low=0, high=0.5, ask=ASK) == f"{sentence} {ASK}"


def test_number_names_the_bounds_that_there_are():
    assert says(expect.number, "the loss", 2, high=1.5).startswith("expected at most 1.5 for the loss, got 2.")
    assert says(expect.number, "the loss", 0.5, low=1).startswith("expected at least 1 for the loss, got 0.5.")
    assert says(expect.number, "the count", 59, low=60, high=60).startswith("expected 60 for the count, got 59.")


def test_what_is_cut_off_is_closed():
    assert "got a text: 'xxx" in (said := says(expect.number, "it", "x" * 99)) and said.endswith("…'.")
    assert says(expect.number, "it", [1] * 99).endswith("…].")


def test_a_number_beyond_floats_is_a_hint_as_well():
    assert says(expect.number, "the loss", 10**400).startswith("expected a finite number as the loss, got 1000")


# --- text, items, entries, has --------------------------------------------------------------------------------------


def test_text():
    for value in ["a", np.str_("a"), np.array("a")]:
        assert type(expect.text("the text", value)) is str
    assert expect.text("the text", "") == ""
    assert says(expect.text, "the text", ["a"], ask=ASK) == "expected a text as the text, got a list: ['a']. Which one?"
    assert says(expect.text, "the text", b"a") == "expected a text as the text, got a byte string: b'a'."
    assert says(expect.text, "the text", Model()) == "expected a text as the text, got a Model."


def test_items():
    model = Model()
    assert expect.items("the result", (model, {"loss": []}), length=2)[0] is model
    assert expect.items("the result", np.array([[1, 2], [3, 4]]), length=2)[1].tolist() == [3, 4]
    assert expect.items("the result", TorchTensor([1, 2])) == [1, 2]
    assert expect.items("the result", []) == []
    assert says(expect.items, "the result", [1], length=2) == "expected 2 items in the result, got 1."
    assert says(expect.items, "the result", (), length=1) == "expected 1 item in the result, got 0."
    for value, what in [
        ("ab", "a text: 'ab'"),
        ({"a": 1}, "a dictionary: {'a': 1}"),
        ({1}, "a set: {1}"),
        (np.array(3), "an array: 3"),
        (TensorFlowTensor(3), "a whole number: 3"),
        (iter([1]), "a list_iterator"),
        (Model(), "a Model"),
    ]:
        assert says(expect.items, "it", value, length=1) == f"expected a list or tuple as it, got {what}."


def test_entries():
    history = {"loss": [1.0]}
    assert expect.entries("the history", history, ["loss"]) is history
    assert says(expect.entries, "the history", history, ["loss", "accuracy"], ask=ASK) == (
        "expected the key 'accuracy' in the history, got ['loss']. Which one?"
    )
    assert says(expect.entries, "it", [1], ["a"]) == "expected a dictionary as it, got a list: [1]."
    assert says(expect.entries, "it", Model(), ["a"]) == "expected a dictionary as it, got a Model."


def test_has():
    model = Model()
    assert expect.has("a model", model, "name") is model
    assert says(expect.has, "a model", model, "predict", ask=ASK) == (
        "expected a model, which has .predict, got a Model. Which one?"
    )
    assert (
        says(expect.has, "a model", (1, 2), "predict") == "expected a model, which has .predict, got a tuple: (1, 2)."
    )


# --- that, raises, result -------------------------------------------------------------------------------------------


def test_that():
    expect.that(True, "unused")
    assert says(expect.that, False, "expected one draw per word, got one in all. Why?").endswith("Why?")


def _fails(error):
    raise error


def test_raises():
    expect.raises(ValueError, "f('')", _fails, ValueError("too short"))
    expect.raises(ValueError, "f('')", _fails, UnicodeError())  # a kind of ValueError
    said = says(expect.raises, ValueError, "f('')", _fails, KeyError("a"), ask=ASK)
    assert said == "expected f('') to raise ValueError, got KeyError: 'a'. Which one?"
    said = says(expect.raises, ValueError, "f('')", _fails, TypeError("no.\nTraceback (most recent call last):"))
    assert said == "expected f('') to raise ValueError, got TypeError: no."
    assert (
        says(expect.raises, ValueError, "f('')", _fails, OSError())
        == "expected f('') to raise ValueError, got OSError."
    )
    assert len(says(expect.raises, ValueError, "f('')", _fails, TypeError("long " * 100))) < 200
    said = says(expect.raises, ValueError, "int('3')", int, "3")
    assert said == "expected int('3') to raise ValueError, but it returned a whole number: 3."
    said = says(expect.raises, ValueError, "f()", lambda **options: None, wrong=1)
    assert said == "expected f() to raise ValueError, but it returned None."
    said = says(expect.raises, ValueError, "f()", None)
    assert said == "expected a function for f(), got None. Is it written, does it return something, has its cell run?"


def test_result():
    assert expect.result("int('3')", int, "3") == 3
    said = says(expect.result, "f([])", _fails, IndexError("list index out of range"), ask=ASK)
    assert said == "expected f([]) to work, got IndexError: list index out of range. Which one?"
    assert says(expect.result, "f([])", _fails, KeyError()) == "expected f([]) to work, got KeyError."
    assert says(expect.result, "f([])", None).startswith("expected a function for f([]), got None.")


class GradedFunction:
    """A function as graded runs see it: it gets copies, and brings back what has become of them."""

    def __init__(self, function):
        self.function = function

    def __call__(self, *arguments, **options):
        raise AssertionError("called without a look at its arguments")

    def call_with_arguments(self, *arguments, **options):
        copies = copy.deepcopy(list(arguments))
        return self.function(*copies, **options), copies


def _appends(words, synonyms, p=0.5):
    words.append("more")
    return words


def _shuffles_inside(words, synonyms, p=0.5):
    synonyms["a"].reverse()
    return list(words)


def _leaves(words, synonyms, p=0.5):
    return [*words, p]


@pytest.mark.parametrize("kind", [lambda function: function, GradedFunction], ids=["as it is", "graded"])
def test_kept(kind):
    words, synonyms = ["one", "two"], {"a": ["b", "c"]}
    assert expect.kept("f", kind(_leaves), words, synonyms, p=1, ask=ASK) == ["one", "two", 1]
    for changes in (_appends, _shuffles_inside):
        said = says(expect.kept, "f", kind(changes), copy.copy(words), copy.deepcopy(synonyms), p=1, ask=ASK)
        assert said == "expected f to leave what it is given as it is, got a change. Which one?"


def test_kept_compares_arrays_too():
    numbers = np.zeros(3)
    assert expect.kept("f", lambda array: array + 1, numbers).tolist() == [1, 1, 1]
    assert says(expect.kept, "f", lambda array: array.fill(1), numbers).endswith("got a change.")


# --- all ------------------------------------------------------------------------------------------------------------

ODD = [
    *[None, True, 3, 0.5, np.nan, -np.inf, 10**400, 1j, "", "ab", b"ab"],
    *[[], [[]], [[1], [1, 2]], [None], ["a", 1], (), {}, {"a": [1]}, {(0, 1): 2}, set(), frozenset("a")],
    *[range(3), iter("a"), len, int, object(), NotImplemented, ..., Model(), Model],
    *[SymbolicTensor(), TorchTensor([[1.0]]), TensorFlowTensor(b"a")],
    *[np.array(None), np.array(["a"]), np.array([[1], None], dtype=object), np.zeros((0, 3))],
    *[np.float16(1), np.longdouble(1), np.datetime64("2026-01-01"), np.zeros(2, dtype=[("a", int)])],
]
CHECKS = {
    "array": lambda value: expect.array("the result", value, shape=(2, None), kind="int", low=0, high=1, ask=ASK),
    "array equal to one": lambda value: expect.array("the result", value, equals=[[1, 0]], ask=ASK),
    "value, a list": lambda value: expect.value("the result", value, [1, ["a"]], ask=ASK),
    "value, a text": lambda value: expect.value("the result", value, "abc", ask=ASK),
    "value, a number": lambda value: expect.value("the result", value, 0.25, ask=ASK),
    "value, a dictionary": lambda value: expect.value("the result", value, {"a": 1}, ask=ASK),
    "number": lambda value: expect.number("the result", value, low=5, high=6, ask=ASK),
    "text": lambda value: expect.text("the result", value, ask=ASK),
    "items": lambda value: expect.items("the result", value, length=4, ask=ASK),
    "entries": lambda value: expect.entries("the result", value, ["loss"], ask=ASK),
    "has": lambda value: expect.has("the result", value, "fit", ask=ASK),
}


@pytest.mark.parametrize("value", ODD, ids=lambda value: f"{type(value).__name__}")
@pytest.mark.parametrize("check", CHECKS)
def test_odd_values_get_a_readable_sentence(check, value):
    if check == "text" and isinstance(value, str):
        return
    said = says(CHECKS[check], value)
    assert re.fullmatch(r"expected .*[^ .]\. (Which one|Is it written, .*)\?", said), said
    assert "got" in said and "object at 0x" not in said and len(said) < 220
