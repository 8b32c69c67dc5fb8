"""The process that runs a student's notebook: an IPython shell that serves the supervisor and, during tests, the judge.

It starts with the rights of the supervisor, imports what it needs itself, gives up all rights that a notebook can do
without, and only then takes the first cell. From there on everything in this process belongs to the student: the others
believe nothing that it says about itself, and it holds nothing worth stealing.
"""

from __future__ import annotations

import builtins
import contextlib
import io
import operator
import os
import select
import signal
import socket
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import jail
from .values import ValueTrouble, decode, encode
from .wire import Channel, WireError

_MOST_PRINTED = 100_000  # characters of what a called function prints
_LONGEST_MESSAGE = 2_000  # characters of an exception's message


_threads = sys._current_frames  # of Python only: what TensorFlow keeps for itself does not count


def _next(iterator: Any) -> Any:
    return next(iterator)


# What a test can do with an object that it does not get a copy of. The object comes first.
OPERATIONS: dict[str, Callable] = {
    "call": lambda target, *arguments, **options: target(*arguments, **options),
    "attribute": getattr,
    "set attribute": setattr,
    "item": operator.getitem,
    "set item": operator.setitem,
    "contains": operator.contains,
    "length": len,
    "iterate": iter,
    "next": _next,
    "text": str,
}


class Agent:
    """Holds the student's names and the objects that tests refer to."""

    def __init__(self, shell: Any, control: Channel, calls: Channel):
        self.shell, self.control, self.calls = shell, control, calls
        self.objects: dict[int, Any] = {}
        self.issued = 0

    def serve(self) -> None:
        """Takes requests until the supervisor hangs up."""
        while True:
            ready, _, _ = select.select([self.control, self.calls], [], [])
            for channel in ready:
                message, attachments = channel.receive()
                if channel is self.control:
                    self.control.send({**self._run(message["cell"]), "ticket": message["ticket"]})
                else:
                    self._answer(message, attachments)

    def _run(self, source: str) -> dict:
        try:
            result = self.shell.run_cell(source)
            error = result.error_before_exec or result.error_in_exec
        except BaseException as stopped:  # what gets past IPython, such as an interrupt between two statements
            error = stopped
        for timer in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):
            signal.setitimer(timer, 0)  # an alarm that a cell has left set would end a later one
        for name in ("stdout", "stderr"):
            try:
                getattr(sys, name).flush()
            except BaseException:  # the notebook has put something else there; later cells get the real one back
                setattr(sys, name, getattr(sys, f"__{name}__"))
        return {"error": _described(error) if error else None, "threads": len(_threads())}

    def _answer(self, request: dict, attachments: list[bytes]) -> None:
        """Does what the judge asks for and sends the outcome; nothing that a student's object does ends the process."""
        printed = io.StringIO()
        try:
            with contextlib.redirect_stdout(printed):
                reply, data = self._outcome(request, attachments)
        except BaseException as error:  # students' functions raise SystemExit and worse
            reply, data = {"error": _described(error)}, []
        self.calls.send({**reply, "printed": printed.getvalue()[:_MOST_PRINTED]}, data)

    def _outcome(self, request: dict, attachments: list[bytes]) -> tuple[dict, list[bytes]]:
        operation = request["do"]
        if operation == "forget":
            self.objects.clear()
            return {"value": None}, []
        if operation == "get":
            value, data = encode(self.shell.user_ns.get(request["name"]), self._refer)
            return {"value": value}, data
        (target, *arguments), options = decode(request["with"], attachments, self._resolve)
        result = OPERATIONS[operation](target, *arguments, **options)
        if request.get("after"):  # the arguments as the call has left them
            result = (result, arguments)
        value, data = encode(result, self._refer)
        return {"value": value}, data

    def _refer(self, value: Any) -> list:
        self.issued += 1
        self.objects[self.issued] = value
        kind = type(value)
        return ["object", self.issued, f"{kind.__module__}.{kind.__qualname__}"]

    def _resolve(self, data: list) -> Any:
        if data[0] == "object":
            return self.objects[data[1]]
        if data[0] == "callback":
            return self._callback(data[1])
        raise ValueTrouble(f"a value with the unknown tag {data[0]!r}")

    def _callback(self, number: int) -> Callable:
        def function_of_the_test(*arguments: Any, **options: Any) -> Any:
            value, data = encode((arguments, options), self._refer)
            self.calls.send({"callback": number, "with": value}, data)
            while True:
                message, attachments = self.calls.receive()
                if "do" in message:  # the test's function uses a student's object itself
                    self._answer(message, attachments)
                elif "raised" in message:
                    raise getattr(builtins, message["raised"], RuntimeError)(message["message"])
                else:
                    return decode(message["returned"], attachments, self._resolve)

        return function_of_the_test


def _described(error: BaseException) -> dict:
    """An exception as plain data: its name, the nearest built-in class, its message."""
    kinds: tuple[type, ...] = type.__dict__["__mro__"].__get__(type(error))
    known: type = next((kind for kind in kinds if vars(builtins).get(_name(kind)) is kind), Exception)
    try:
        message = str.__str__(str(error))
    except BaseException as trouble:
        message = f"(its message cannot be read: {_name(type(trouble))})"
    return {"name": _name(type(error)), "builtin": _name(known), "message": message[:_LONGEST_MESSAGE]}


def _name(kind: type) -> str:
    return type.__dict__["__name__"].__get__(kind)  # whatever a metaclass would answer


def _shell() -> Any:
    """An IPython shell without history, colours or terminal."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "NoColor"
    config.InteractiveShell.xmode = "Plain"
    return InteractiveShell.instance(config=config)


def _otter_for_notebooks() -> types.ModuleType:
    """Takes the place of Otter: checks run elsewhere, and no verdict is ever told to the student's code."""
    module = types.ModuleType("otter")

    class Notebook:
        """Takes the calls of a student's notebook and does nothing."""

        def __init__(self, *arguments: Any, **options: Any):
            pass

        def _nothing(self, *arguments: Any, **options: Any) -> None:
            pass

        check = check_all = export = to_pdf = add_plugin_files = run_plugin = _nothing

    vars(module)["Notebook"] = Notebook
    return module


def main(control: str, calls: str) -> None:
    """Runs the agent on two inherited file descriptors; the first message on `control` says what it may use."""
    supervisor, judge = (Channel(socket.socket(fileno=int(number))) for number in (control, calls))
    settings, _ = supervisor.receive()
    jail.die_with_parent()
    shell = _shell()
    with contextlib.suppress(OSError):  # if the machine runs out of memory, this process goes before ours
        Path("/proc/self/oom_score_adj").write_text("1000")
    os.chdir(settings["folder"])
    refused = jail.enter(
        settings["uid"],
        [Path(path) for path in settings["read"]],
        [Path(path) for path in settings["write"]],
        settings["memory_mib"],
        settings["processes"],
        settings["file_mib"],
    )
    jail.die_with_parent()  # becoming another user has undone it
    sys.modules["otter"] = _otter_for_notebooks()
    sys.path[:] = [settings["folder"], *(path for path in sys.path if path != settings["package"])]
    signal.signal(signal.SIGINT, signal.default_int_handler)
    supervisor.send({"refused": refused, "threads": len(_threads())})
    with contextlib.suppress(WireError):
        Agent(shell, supervisor, judge).serve()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
