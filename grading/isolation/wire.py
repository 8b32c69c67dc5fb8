"""Messages between processes that do not trust each other: JSON with binary attachments over a stream socket.

A message is a length, a count, the lengths of the attachments, the JSON text, the attachments. Sizes are checked before
anything is read, and nothing is ever unpickled.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Sequence
from json import dumps, loads
from struct import Struct, pack, unpack
from typing import Any

LARGEST_TEXT = 32 * 2**20  # bytes of JSON in one message
LARGEST_MESSAGE = 512 * 2**20  # bytes in all
_MOST_ATTACHMENTS = 10_000
_HEAD = Struct(">II")


class WireError(Exception):
    """The other side is gone, or what it sent is not a message."""


class Channel:
    """One end of a connection.

    Args:
        connection: a stream.
        largest: bytes of a message that is accepted from the other side.
    """

    def __init__(self, connection: socket.socket, largest: int = LARGEST_MESSAGE):
        self._connection, self._largest = connection, largest

    def fileno(self) -> int:
        """For `select` and for handing the connection to a child process."""
        return self._connection.fileno()

    def close(self) -> None:
        """Ends the connection; the other side gets a WireError."""
        self._connection.close()

    def send(self, message: Any, attachments: Sequence[bytes] = (), timeout: float | None = None) -> None:
        """Sends JSON data and attachments.

        Args:
            message: JSON data.
            attachments: bytes.
            timeout: seconds for each of them, after which to give up; None waits for ever.

        Raises:
            WireError: the message is too large, or nobody is listening.
        """
        text = dumps(message, separators=(",", ":")).encode()
        _check_sizes(len(text), [len(data) for data in attachments], LARGEST_MESSAGE)
        head = _HEAD.pack(len(text), len(attachments)) + b"".join(pack(">Q", len(data)) for data in attachments)
        self._connection.settimeout(timeout)
        try:
            self._connection.sendall(head + text)
            for data in attachments:
                self._connection.sendall(data)
        except OSError as error:
            raise WireError(f"cannot send: {error.strerror or error}") from error
        finally:
            self._connection.settimeout(None)

    def receive(self, timeout: float | None = None) -> tuple[Any, list[bytes]]:
        """The next message and its attachments.

        Args:
            timeout: seconds for all of it, however the bytes are spread; None waits for ever.

        Raises:
            TimeoutError: it did not come in time.
            WireError: the connection has ended, or what came is not a message.
        """
        until = None if timeout is None else time.monotonic() + timeout
        try:
            size, count = _HEAD.unpack(self._read(_HEAD.size, until))
            if count > _MOST_ATTACHMENTS:
                raise WireError(f"a message with {count} attachments")
            sizes = list(unpack(f">{count}Q", self._read(8 * count, until)))
            _check_sizes(size, sizes, self._largest)
            text, attachments = self._read(size, until), [self._read(size, until) for size in sizes]
        finally:
            self._connection.settimeout(None)
        try:
            return loads(text), attachments
        except (ValueError, RecursionError) as error:
            raise WireError(f"a message that is not JSON: {type(error).__name__}") from error

    def _read(self, size: int, until: float | None) -> bytes:
        data = bytearray()
        while len(data) < size:
            try:
                if until is not None:
                    self._connection.settimeout(max(until - time.monotonic(), 0.001))
                piece = self._connection.recv(min(size - len(data), 2**20))
            except TimeoutError:
                raise
            except OSError as error:
                raise WireError(f"cannot receive: {error.strerror or error}") from error
            if not piece:
                raise WireError("the connection has ended")
            data += piece
        return bytes(data)


def _check_sizes(text: int, attachments: list[int], largest: int) -> None:
    if text > LARGEST_TEXT or text + sum(attachments) > largest:
        raise WireError(f"a message of {(text + sum(attachments)) / 2**20:,.0f} MiB")
