"""Calls a test as graded runs do, with the project's own proxies, but between two threads instead of two processes.

Nothing here protects anything. It shows quickly that a test keeps to what works across processes.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

from grading.isolation.agent import Agent
from grading.isolation.proxies import Session
from grading.isolation.wire import Channel, WireError


def call_as_graded(test: Callable[..., None], wanted: list[str], names: dict) -> None:
    """Calls `test` with proxies for the `wanted` ones of the student's `names`; raises what it raises.

    The student's objects are used in this thread, where they were made: some libraries keep state for each thread.
    """
    (judge, student), (supervisor, idle) = socket.socketpair(), socket.socketpair()

    def judged() -> None:
        with contextlib.closing(Channel(judge)) as channel:
            session = Session(channel)
            test(**{name: session.get(name) for name in wanted})

    with ThreadPoolExecutor(1) as pool, supervisor, idle, student:
        outcome = pool.submit(judged)
        with contextlib.suppress(WireError):
            Agent(SimpleNamespace(user_ns=names), Channel(idle), Channel(student)).serve()
        outcome.result()
