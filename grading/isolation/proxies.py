"""The judge's side of a student's names: plain copies of plain data, proxies for all else."""

from __future__ import annotations

import builtins
import types
from collections.abc import Callable, Iterator
from typing import Any

from .values import ValueTrouble, decode, encode
from .wire import Channel, WireError


class Gone(BaseException):
    """The student's process has ended or talks nonsense. Not an Exception, so that no test takes it for an answer."""


class Session:
    """Asks the student's process for values.

    Attributes:
        asked: whether anything of a test has been sent since this was last set to False.
    """

    def __init__(self, channel: Channel):
        self._channel = channel
        self._functions: dict[int, Callable] = {}
        self.asked = False

    def get(self, name: str) -> Any:
        """The student's variable, or None if there is none."""
        return self._exchange({"do": "get", "name": name}, [])

    def forget(self) -> None:
        """Lets the student's process drop the objects that proxies stand for."""
        self._functions.clear()
        self._exchange({"do": "forget"}, [])

    def ask(self, operation: str, *on: Any, after: bool = False, **options: Any) -> Any:
        """Does an operation of `agent.OPERATIONS`; raises what it raises."""
        self.asked = True
        data, attachments = encode((on, options), self._refer)
        return self._exchange({"do": operation, "with": data, "after": after}, attachments)

    def _exchange(self, request: dict, attachments: list[bytes]) -> Any:
        try:
            self._channel.send(request, attachments)
            while True:
                reply, attachments = self._channel.receive()
                if not isinstance(reply, dict):
                    raise WireError("a reply that is no reply")
                if "callback" not in reply:
                    break
                self._serve(reply, attachments)
        except WireError as error:
            raise Gone(str(error)) from error
        if printed := reply.get("printed"):
            print(str(printed), end="")
        if "error" in reply:
            raise _exception(reply["error"])
        return decode(reply.get("value"), attachments, self._resolve)

    def _serve(self, call: dict, attachments: list[bytes]) -> None:
        """Calls a function of the test for the student's process."""
        try:
            arguments, options = decode(call.get("with"), attachments, self._resolve)
            value, data = encode(self._functions[call["callback"]](*arguments, **options), self._refer)
            reply = {"returned": value}
        except Exception as error:  # it goes to where the function was called, as without processes in between
            reply, data = {"raised": type(error).__name__, "message": str(error)}, []
        self._channel.send(reply, data)

    def _refer(self, value: Any) -> list:
        if type(value) is Proxy:
            return ["object", value._number]
        if isinstance(value, (types.FunctionType, types.MethodType, types.BuiltinFunctionType)):
            self._functions[id(value)] = value
            return ["callback", id(value)]
        raise ValueTrouble(f"a test passed a {type(value).__name__}, which cannot travel to the student's process")

    def _resolve(self, data: list) -> Any:
        if data[0] == "object" and isinstance(data[1], int) and isinstance(data[2], str):
            return Proxy(self, data[1], data[2][:100])
        if data[0] == "callback":
            return self._functions[data[1]]
        raise ValueTrouble("a value with an unknown tag")


class Proxy:
    """An object that lives in the student's process.

    It is never asked whether it equals something: an object that says yes to everything would pass every test.
    """

    __slots__ = ("_kind", "_number", "_session")

    def __init__(self, session: Session, number: int, kind: str):
        object.__setattr__(self, "_session", session)
        object.__setattr__(self, "_number", number)
        object.__setattr__(self, "_kind", kind)

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return self._session.ask("call", self, *arguments, **options)

    def call_with_arguments(self, *arguments: Any, **options: Any) -> tuple[Any, list]:
        """The result of a call, and the arguments as the call has left them."""
        result, after = self._session.ask("call", self, *arguments, after=True, **options)
        return result, after

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # NumPy and others probe for protocols
            raise AttributeError(name)
        return self._session.ask("attribute", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._session.ask("set attribute", self, name, value)

    def __getitem__(self, key: Any) -> Any:
        return self._session.ask("item", self, key)

    def __setitem__(self, key: Any, value: Any) -> None:
        self._session.ask("set item", self, key, value)

    def __contains__(self, item: Any) -> bool:
        return self._session.ask("contains", self, item) is True

    def __len__(self) -> int:
        return self._session.ask("length", self)

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator:
        iterator = self._session.ask("iterate", self)
        while True:
            try:
                yield iterator._session.ask("next", iterator)
            except StopIteration:
                return

    def __str__(self) -> str:
        text = self._session.ask("text", self)
        return text if isinstance(text, str) else repr(self)

    def __repr__(self) -> str:
        return f"<{self._kind} of the submission>"


def _exception(described: Any) -> BaseException:
    """The student's exception as one of the same built-in class; what ends a process there is a mere failure here."""
    described = described if isinstance(described, dict) else {}
    name, base = (str(described.get(key, ""))[:100] for key in ("name", "builtin"))
    kind = getattr(builtins, base, Exception)
    if not isinstance(kind, type) or not issubclass(kind, Exception):
        kind = RuntimeError
    if name.isidentifier() and name != kind.__name__:
        kind = type(name, (kind,), {"__str__": lambda self: str(self.args[0]) if self.args else ""})
    try:
        return kind(str(described.get("message", "")))
    except Exception:  # some built-in exceptions want more arguments
        return RuntimeError(str(described.get("message", "")))
