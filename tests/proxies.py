"""Stands in for the process boundary of graded runs: plain data is copied, all else is reached through a proxy only.

Nothing here protects anything. It shows that a test keeps to what works across processes: it calls, reads attributes
and items, iterates, and passes plain data or functions of its own.
"""

from __future__ import annotations

import copy
import types
from typing import Any

import numpy as np

_PLAIN = (type(None), bool, int, float, complex, str, bytes)
_COLLECTIONS = (list, tuple, set, frozenset)
_TENSORS = ("tensorflow", "torch", "keras")


class Proxy:
    """A student's object as a test sees it from another process."""

    __slots__ = ("__target",)

    def __init__(self, target: Any):
        object.__setattr__(self, "_Proxy__target", target)

    def __call__(self, *arguments, **options):
        given = [from_test(argument) for argument in arguments]
        return to_test(self.__target(*given, **{name: from_test(option) for name, option in options.items()}))

    def __getattr__(self, name):
        return to_test(getattr(self.__target, name))

    def __setattr__(self, name, value):
        setattr(self.__target, name, from_test(value))

    def __getitem__(self, key):
        return to_test(self.__target[from_test(key)])

    def __len__(self):
        return len(self.__target)

    def __iter__(self):
        return (to_test(item) for item in self.__target)


def to_test(value: Any) -> Any:
    """What a test gets of a student's value."""
    if type(value) in _PLAIN or isinstance(value, np.generic):
        return value
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return tuple(map(to_test, value))
    if type(value) in _COLLECTIONS:
        return type(value)(map(to_test, value))
    if type(value) is dict:
        return {to_test(key): to_test(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value).__module__.split(".")[0] in _TENSORS and hasattr(value, "numpy"):
        return np.array(value.detach() if hasattr(value, "detach") else value)
    return Proxy(value)


def from_test(value: Any) -> Any:
    """What a student's function gets of a test's value."""
    if type(value) is Proxy:
        return object.__getattribute__(value, "_Proxy__target")
    if type(value) in _COLLECTIONS:
        return type(value)(map(from_test, value))
    if type(value) is dict:
        return {from_test(key): from_test(item) for key, item in value.items()}
    if isinstance(value, types.FunctionType):  # called back with what the student's side passes
        return lambda *given, **options: from_test(
            value(*map(to_test, given), **{name: to_test(option) for name, option in options.items()})
        )
    return copy.deepcopy(value)
