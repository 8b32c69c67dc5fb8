"""What the checks of the practicals say about a value: what was expected, what came, and a question to go on with.

Every function first turns what it gets into plain data (numbers, texts, NumPy arrays) and then looks, in this order:
is it there, has it the right type, the right shape, the right kind of numbers, the right values?
"""

import copy
import math
import sys
import types

import numpy as np
from checks import Hint

_SHOWN = 60  # characters of a value that a message quotes
_CLOSING = {"'": "'", '"': '"', "[": "]", "(": ")", "{": "}"}  # what ends a value that is cut off
_KINDS = {
    str: "text",
    bytes: "byte string",
    bool: "truth value",
    int: "whole number",
    float: "number",
    list: "list",
    tuple: "tuple",
    set: "set",
    dict: "dictionary",
    np.ndarray: "array",
}
_KINDS_NOT_SHOWN = {types.FunctionType: "function", types.BuiltinFunctionType: "function", type: "class"}


def given(name, value, ask=""):
    """Raises a Hint if `value`, known to the student as `name`, is None; returns it otherwise."""
    if value is None:
        raise Hint(f"expected {name}, got None. {ask or 'Is it written, does it return something, has its cell run?'}")
    return value


def array(name, value, shape=None, kind=None, low=None, high=None, equals=None, within=1e-5, ask=""):
    """Raises a Hint unless `value` is an array as described; returns it as a NumPy array.

    Args:
        name: what the student calls it.
        value: an array, a tensor, or nested lists of numbers.
        shape: the lengths of its axes; None for an axis of any length.
        kind: "int" or "float", or None for any numbers (and for truth values). An array without numbers is of any kind.
        low, high: bounds of all numbers, which may touch them up to `within`.
        equals: the numbers expected, up to `within`; they also fix the shape.
        ask: the question that ends the message.
    """
    given(name, value, ask)
    got = _as_array(name, value, ask)
    if equals is not None:
        equals = np.asarray(equals)
        shape = equals.shape
    if shape is not None and not _fits(got.shape, shape):
        raise Hint(f"expected {name} of shape {_axes(shape)}, got shape {_axes(got.shape)}. {ask}")
    if kind == "int" and got.size and not np.issubdtype(got.dtype, np.integer):
        raise Hint(f"expected whole numbers in {name}, got {got.dtype}. {ask}")
    if kind == "float" and got.size and not np.issubdtype(got.dtype, np.floating):
        raise Hint(f"expected floating-point numbers in {name}, got {got.dtype}. {ask}")
    if equals is None and not np.isfinite(got).all():
        raise Hint(f"expected finite numbers in {name}, got {_first(got[~np.isfinite(got)])}. {ask}")
    if low is not None and (got < low - within).any():
        raise Hint(f"expected no number below {low} in {name}, got {_first(got[got < low - within])}. {ask}")
    if high is not None and (got > high + within).any():
        raise Hint(f"expected no number above {high} in {name}, got {_first(got[got > high + within])}. {ask}")
    if equals is not None and not np.allclose(got, equals, rtol=0, atol=within):
        place = tuple(int(i) for i in np.argwhere(~np.isclose(got, equals, rtol=0, atol=within))[0])
        where = f" at {list(place)}" if place else ""
        raise Hint(f"expected {_number(equals[place])}{where} in {name}, got {_number(got[place])}. {ask}")
    return got


def value(name, value, equals, ask=""):
    """Raises a Hint unless `value` is the text, number, list or dictionary `equals`; returns it as plain data.

    Lists and tuples count as the same, and so do Python's and NumPy's numbers.
    """
    if equals is not None:
        given(name, value, ask)
    got = plain(value)
    _compare(name, got, plain(equals), ask)
    return got


def number(name, value, low=-math.inf, high=math.inf, ask=""):
    """Raises a Hint unless `value` is one finite number from `low` to `high`; returns it as a float."""
    given(name, value, ask)
    got = plain(value)
    if isinstance(got, list) and len(got) == 1:
        got = got[0]
    if not _is_number(got):
        raise Hint(f"expected a number as {name}, got {_what(value)}. {ask}")
    if not abs(got) <= sys.float_info.max:
        raise Hint(f"expected a finite number as {name}, got {_short(got)}. {ask}")
    if not low <= got <= high:
        bound = low if got < low else high
        raise Hint(f"expected {_range(low, high)} for {name}, got {_number(got, bound)}. {ask}")
    return float(got)


def text(name, value, ask=""):
    """Raises a Hint unless `value` is a text; returns it."""
    given(name, value, ask)
    got = plain(value)
    if not isinstance(got, str):
        raise Hint(f"expected a text as {name}, got {_what(value)}. {ask}")
    return str(got)


def items(name, value, length=None, ask=""):
    """Raises a Hint unless `value` is a list or tuple (of `length` items); returns it as a list.

    The items stay what they are, so that a function may return, say, a model and a history.
    """
    given(name, value, ask)
    value = _without_tensors(value)
    if not isinstance(value, (list, tuple)) and not (isinstance(value, np.ndarray) and value.ndim):
        raise Hint(f"expected a list or tuple as {name}, got {_what(value)}. {ask}")
    if length is not None and len(value) != length:
        raise Hint(f"expected {_count(length)} in {name}, got {len(value)}. {ask}")
    return list(value)


def entries(name, value, keys, ask=""):
    """Raises a Hint unless `value` is a dictionary that has all `keys`; returns it."""
    given(name, value)
    if not isinstance(value, dict):
        raise Hint(f"expected a dictionary as {name}, got {_what(value)}. {ask}")
    for key in keys:
        if key not in value:
            raise Hint(f"expected the key {key!r} in {name}, got {_short(list(value))}. {ask}")
    return value


def has(name, value, attribute, ask=""):
    """Raises a Hint unless `value`, an object such as a model, has the attribute; returns it."""
    given(name, value)
    if not hasattr(value, attribute):
        raise Hint(f"expected {name}, which has .{attribute}, got {_what(value)}. {ask}")
    return value


def that(holds, message):
    """Raises a Hint with the message unless `holds`."""
    if not holds:
        raise Hint(message)


def raises(kind, name, function, *arguments, ask="", **options):
    """Raises a Hint unless `function(*arguments, **options)` raises the exception `kind`; `name` is that call."""
    given(f"a function for {name}", function)
    try:
        returned = function(*arguments, **options)
    except Exception as error:
        if not isinstance(error, kind):
            raise Hint(f"expected {name} to raise {kind.__name__}, got {_error(error)}. {ask}") from None
    else:
        raise Hint(f"expected {name} to raise {kind.__name__}, but it returned {_what(returned)}. {ask}")


def result(name, function, *arguments, ask="", **options):
    """Returns `function(*arguments, **options)`; raises a Hint if that raises; `name` says what is called."""
    given(f"a function for {name}", function)
    try:
        return function(*arguments, **options)
    except Exception as error:
        raise Hint(f"expected {name} to work, got {_error(error)}. {ask}") from None


def kept(name, function, *arguments, ask="", **options):
    """Raises a Hint if `function(*arguments, **options)` changes what it is given; returns its result."""
    before = copy.deepcopy(arguments)
    if hasattr(function, "call_with_arguments"):  # in graded runs functions get copies; this one brings them back
        returned, arguments = function.call_with_arguments(*arguments, **options)
    else:
        returned = function(*arguments, **options)
    if plain(list(arguments)) != plain(list(before)):
        raise Hint(f"expected {name} to leave what it is given as it is, got a change. {ask}")
    return returned


def plain(value):
    """The value as numbers, texts, lists and dictionaries where it can be, and as it is where it cannot."""
    value = _without_tensors(value)
    if isinstance(value, dict):
        return {key.item() if isinstance(key, np.generic) else key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, np.longdouble):
        return float(value)
    return plain(value.tolist()) if isinstance(value, (np.ndarray, np.generic)) else value


def _without_tensors(value):
    """The value, as a NumPy array if it is a tensor."""
    try:
        value = value.detach() if hasattr(value, "detach") else value
        return value.numpy() if hasattr(value, "numpy") else value
    except Exception:  # a symbolic tensor, for example, has no numbers
        return value


def _as_array(name, value, ask):
    try:
        got = np.asarray(_without_tensors(value))
    except Exception:  # whatever an object says when it is asked for its numbers
        if isinstance(value, (list, tuple)):
            raise Hint(f"expected an array of numbers as {name}, got rows of different lengths. {ask}") from None
        raise Hint(f"expected an array of numbers as {name}, got {_what(value)}. {ask}") from None
    if not (np.issubdtype(got.dtype, np.number) or got.dtype == bool):
        raise Hint(f"expected an array of numbers as {name}, got {_what(value)}. {ask}")
    return got


def _compare(name, got, wanted, ask):
    """Raises a Hint about the first place at which two plain values differ."""
    if _same(got, wanted):
        return
    if type(got) is not type(wanted) and not (_is_number(got) and _is_number(wanted)):
        raise Hint(f"expected {_a(wanted)} as {name}, got {_what(got)}. {ask}")
    if isinstance(wanted, list):
        if len(got) != len(wanted):
            raise Hint(f"expected {_count(len(wanted))} in {name}, got {len(got)}: {_short(got)}. {ask}")
        for i, (g, w) in enumerate(zip(got, wanted)):
            _compare(f"item {i} of {name}", g, w, ask)
    if isinstance(wanted, dict):
        if got.keys() != wanted.keys():
            raise Hint(f"expected the keys {_short(list(wanted))} in {name}, got {_short(list(got))}. {ask}")
        for key in wanted:
            _compare(f"{key!r} of {name}", got[key], wanted[key], ask)
    start = _first_difference(got, wanted) if isinstance(wanted, str) else 0
    raise Hint(f"expected {_short(wanted, start)} as {name}, got {_short(got, start)}. {ask}")


def _fits(got, wanted):
    return len(got) == len(wanted) and all(w is None or g == w for g, w in zip(got, wanted))


def _axes(shape):
    lengths = ["any" if axis is None else str(int(axis)) for axis in shape]
    return f"({', '.join(lengths)}{',' * (len(shape) == 1)})"


def _first(numbers):
    return _number(numbers.reshape(-1)[0])


def _number(number, bound=None):
    """The number in six digits, or in all if it could not be told from the bound otherwise."""
    if isinstance(number, (int, np.integer, np.bool_)):
        return str(number)
    shown = f"{number:.6g}"
    return str(number) if bound is not None and float(shown) == bound else shown


def _range(low, high):
    """The numbers from low to high, in words."""
    if low == high:
        return _number(low)
    if math.isinf(high):
        return f"at least {_number(low)}"
    return f"at most {_number(high)}" if math.isinf(low) else f"{_number(low)} to {_number(high)}"


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _same(got, wanted):
    if _is_number(got) and _is_number(wanted):
        if (isinstance(got, int) and isinstance(wanted, int)) or abs(got) > sys.float_info.max:
            return got == wanted
        return math.isclose(got, wanted, rel_tol=1e-6, abs_tol=1e-6)
    if isinstance(got, list) and isinstance(wanted, list):
        return len(got) == len(wanted) and all(_same(g, w) for g, w in zip(got, wanted))
    if isinstance(got, dict) and isinstance(wanted, dict):
        return got.keys() == wanted.keys() and all(_same(got[key], wanted[key]) for key in wanted)
    return type(got) is type(wanted) and got == wanted


def _a(value):
    """What kind of thing the value is, with its article."""
    if value is None:
        return "None"
    kind = value.__class__ if isinstance(value, (tuple, np.ndarray)) else plain(value).__class__
    name = _KINDS.get(kind) or _KINDS_NOT_SHOWN.get(kind) or kind.__name__
    return ("an " if name[0].lower() in "aeiou" else "a ") + name


def _what(value):
    """What kind of thing the value is, and how it looks if that can be read."""
    shown = tuple(plain(value)) if isinstance(value, tuple) else plain(value)
    return f"{_a(value)}: {_short(shown)}" if type(shown) in _KINDS else _a(value)


def _count(number):
    return f"{number} item" + "s" * (number != 1)


def _error(error):
    """The kind of the exception and the first line of what it says."""
    reason = (str(error).splitlines() or [""])[0].rstrip(".")
    reason = reason if len(reason) <= 2 * _SHOWN else reason[: 2 * _SHOWN - 1] + "…"
    return f"{type(error).__name__}: {reason}" if reason else type(error).__name__


def _first_difference(got, wanted):
    """The position from which two texts are shown, so that their difference can be seen."""
    same = next((i for i, (g, w) in enumerate(zip(got, wanted)) if g != w), min(len(got), len(wanted)))
    return max(0, same - _SHOWN // 3) if max(len(got), len(wanted)) > _SHOWN else 0


def _short(value, start=0):
    if isinstance(value, float):
        return f"{value:.8g}"
    if start:
        return "…" + _short(value[start:])
    shown = repr(value)
    if len(shown) <= _SHOWN:
        return shown
    return shown[: _SHOWN - 2] + "…" + _CLOSING.get(shown[0], "")
