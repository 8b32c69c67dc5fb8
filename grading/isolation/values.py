"""Python values as JSON, and back. Plain data travels as a copy; for all else a reference travels.

A value becomes a JSON scalar or a list that begins with a tag, such as ["tuple", [1, 2]]. Arrays travel as `.npy` files
without pickles, in attachments. Decoding creates only the types that are named here, so it is safe on whatever comes.
"""

from __future__ import annotations

import builtins
import datetime
import io
import math
from collections import namedtuple
from collections.abc import Callable
from typing import Any

import numpy as np

DEEPEST = 50  # levels of nesting
_TENSOR_LIBRARIES = ("tensorflow", "keras", "torch", "jax", "jaxlib")
_SEQUENCES: dict[str, Any] = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}
_DATES: dict[str, Any] = {kind.__name__: kind for kind in (datetime.datetime, datetime.date, datetime.time)}
_LARGEST_JSON_INT = 2**53  # larger ones lose digits in some JSON readers
_BUILTIN_CLASSES = {name: value for name, value in vars(builtins).items() if isinstance(value, type)}

Refer = Callable[[Any], list]  # an object that is no plain data -> a tagged reference
Resolve = Callable[[list], Any]  # and back


class ValueTrouble(ValueError):
    """A value that cannot travel, or JSON that stands for no value."""


def encode(value: Any, refer: Refer) -> tuple[Any, list[bytes]]:
    """The value as JSON data and attachments.

    Args:
        value: anything.
        refer: called for what is not plain data.

    Raises:
        ValueTrouble: it is nested too deeply.
    """
    attachments: list[bytes] = []
    return _encode(value, refer, attachments, DEEPEST), attachments


def decode(data: Any, attachments: list[bytes], resolve: Resolve) -> Any:
    """The value that `encode` has made data and attachments of.

    Raises:
        ValueTrouble: they stand for no value.
    """
    try:
        return _decode(data, attachments, resolve, DEEPEST)
    except ValueTrouble:
        raise
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, MemoryError, EOFError, AttributeError) as error:
        raise ValueTrouble(f"a value that cannot be read: {type(error).__name__}") from error


def _encode(value: Any, refer: Refer, attachments: list[bytes], depth: int) -> Any:
    if depth == 0:
        raise ValueTrouble(f"a value of more than {DEEPEST} levels")
    if value is None or value is True or value is False:
        return value
    if isinstance(value, np.generic) and value.dtype != object:
        return ["scalar", _attach(np.asarray(value), attachments)]
    for kind in (int, float, complex, str, bytes):
        if isinstance(value, kind):
            return _encode_scalar(value, kind, attachments)

    def inside(item: Any) -> Any:
        return _encode(item, refer, attachments, depth - 1)

    its_class: Any = type(value)
    if isinstance(value, tuple) and hasattr(its_class, "_fields"):
        fields = [f"{name}" for name in its_class._fields]  # a class can put anything there
        return ["named", f"{type(value).__name__}", fields, [inside(item) for item in tuple.__iter__(value)]]
    for name, sequence in _SEQUENCES.items():
        if isinstance(value, sequence):
            return [name, [inside(item) for item in sequence.__iter__(value)]]
    if isinstance(value, dict):
        return ["dict", [[inside(key), inside(item)] for key, item in dict.items(value)]]
    if isinstance(value, np.ndarray):
        return _encode_array(value, inside, attachments)
    for name, date in _DATES.items():
        if isinstance(value, date):
            return ["date", name, date.isoformat(value)]
    if isinstance(value, datetime.timedelta):
        plain = datetime.timedelta.__pos__(value)
        return ["timedelta", plain.days, plain.seconds, plain.microseconds]
    if isinstance(value, (slice, range)):
        return [type(value).__name__, inside(value.start), inside(value.stop), inside(value.step)]
    if value is Ellipsis or value is NotImplemented:
        return ["constant", repr(value)]
    if isinstance(value, type) and _BUILTIN_CLASSES.get(value.__name__) is value:
        return ["class", value.__name__]
    library = type(value).__module__.split(".")[0]
    if library in _TENSOR_LIBRARIES and hasattr(value, "numpy"):
        return _encode_array(_tensor(value), inside, attachments)
    if library == "pandas":
        return _encode_pandas(value, inside, attachments) or refer(value)
    return refer(value)


def _encode_scalar(value: Any, kind: type, attachments: list[bytes]) -> Any:
    if kind is int:
        number = int.__index__(value)  # a subclass may pretend to be another number
        return number if abs(number) < _LARGEST_JSON_INT else ["int", hex(number)]
    if kind is float:
        real = float.__float__(value)
        return real if math.isfinite(real) else ["float", repr(real)]
    if kind is complex:
        return ["complex", complex.__repr__(complex.__add__(value, 0j))]
    if kind is str:
        return str.__str__(value)
    attachments.append(bytes.__getitem__(value, slice(None)))
    return ["bytes", len(attachments) - 1]


def _encode_array(array: np.ndarray, inside: Callable, attachments: list[bytes]) -> list:
    if array.dtype.hasobject:
        return ["objects", list(array.shape), [inside(item) for item in array.reshape(-1).tolist()]]
    return ["array", _attach(array, attachments)]


def _attach(array: np.ndarray, attachments: list[bytes]) -> int:
    file = io.BytesIO()
    np.lib.format.write_array(file, np.asarray(array), allow_pickle=False)
    attachments.append(file.getvalue())
    return len(attachments) - 1


def _tensor(value: Any) -> np.ndarray:
    if hasattr(value, "detach"):
        value = value.detach().cpu()
        return (value.float() if str(value.dtype) == "torch.bfloat16" else value).numpy()
    return np.asarray(value.numpy())


def _encode_pandas(value: Any, inside: Callable, attachments: list[bytes]) -> list | None:
    kind = type(value).__name__
    if kind == "DataFrame":
        columns = [
            [inside(name), _encode_array(np.asarray(value[name]), inside, attachments)] for name in value.columns
        ]
        return ["frame", columns, inside(list(value.index))]
    if kind == "Series":
        return [
            "series",
            inside(value.name),
            _encode_array(np.asarray(value), inside, attachments),
            inside(list(value.index)),
        ]
    if kind in ("Index", "RangeIndex"):
        return inside(list(value))
    return None


def _decode(data: Any, attachments: list[bytes], resolve: Resolve, depth: int) -> Any:
    if depth == 0:
        raise ValueTrouble(f"a value of more than {DEEPEST} levels")
    if data is None or isinstance(data, (bool, int, float, str)):
        return data
    if not isinstance(data, list) or not data or not isinstance(data[0], str):
        raise ValueTrouble("a value without a tag")

    def inside(item: Any) -> Any:
        return _decode(item, attachments, resolve, depth - 1)

    tag, *rest = data
    if tag in _SEQUENCES:
        return _SEQUENCES[tag](map(inside, rest[0]))
    if tag == "dict":
        return {inside(key): inside(item) for key, item in rest[0]}
    if tag == "array":
        return _array(attachments[rest[0]])
    if tag == "scalar":
        return _array(attachments[rest[0]])[()]
    if tag == "bytes":
        return attachments[rest[0]]
    if tag == "int":
        return int(rest[0], 16)
    if tag in ("float", "complex"):
        return {"float": float, "complex": complex}[tag](rest[0])
    if tag == "named":
        return namedtuple(rest[0], rest[1])(*map(inside, rest[2]))
    if tag == "objects":
        array = np.empty(len(rest[1]), dtype=object)
        for place, item in enumerate(rest[1]):  # all at once, NumPy would take lists of one length for further axes
            array[place] = inside(item)
        return array.reshape(rest[0])
    if tag == "date":
        return _DATES[rest[0]].fromisoformat(rest[1])
    if tag == "timedelta":
        return datetime.timedelta(*rest)
    if tag in ("slice", "range"):
        return {"slice": slice, "range": range}[tag](*map(inside, rest))
    if tag == "constant":
        return {"Ellipsis": Ellipsis, "NotImplemented": NotImplemented}[rest[0]]
    if tag == "class":
        return _BUILTIN_CLASSES[rest[0]]
    if tag in ("frame", "series"):
        return _decode_pandas(tag, rest, inside)
    return resolve(data)


def _array(npy: bytes) -> np.ndarray:
    file = io.BytesIO(npy)
    version = np.lib.format.read_magic(file)
    read_header = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}[version]
    shape, fortran, dtype = read_header(file)
    if dtype.hasobject or math.prod(shape) * dtype.itemsize != len(npy) - file.tell():
        raise ValueTrouble("an array whose header does not fit its data")
    return np.frombuffer(npy, dtype, offset=file.tell()).reshape(shape, order="F" if fortran else "C").copy()


def _decode_pandas(tag: str, rest: list, inside: Callable) -> Any:
    import pandas as pd

    if tag == "series":
        return pd.Series(inside(rest[1]), index=inside(rest[2]), name=inside(rest[0]))
    return pd.DataFrame({inside(name): inside(column) for name, column in rest[0]}, index=inside(rest[1]))
