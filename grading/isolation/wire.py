"""Messages between processes that do not trust each other: JSON with binary attachments over a stream socket.

A message is a length, a count, the lengths of the attachments, the JSON text, the attachments. Sizes are checked before
anything is read, and nothing is ever unpickled.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Sequence
from typing import Any

LARGEST_TEXT = 32 * 2**20  # bytes of JSON in one message
LARGEST_MESSAGE = 512 * 2**20  # bytes in all
_MOST_ATTACHMENTS = 10_000
_HEAD = struct.Struct(">II")


class WireError(Exception):
    """The other side is gone, or what it sent is not a message."""


class Channel:
    """One end of a connection."""

    def __init__(self, connection: socket.socket):
        self._connection = connection

    def fileno(self) -> int:
        """For `select` and for handing the connection to a child process."""
        return self._connection.fileno()

    def close(self) -> None:
        """Ends the connection; the other side gets a WireError."""
        self._connection.close()

    def send(self, message: Any, attachments: Sequence[bytes] = ()) -> None:
        """Sends JSON data and attachments.

        Raises:
            WireError: the message is too large, or nobody is listening.
        """
        text = json.dumps(message, separators=(",", ":")).encode()
        _check_sizes(len(text), [len(data) for data in attachments])
        head = _HEAD.pack(len(text), len(attachments)) + b"".join(struct.pack(">Q", len(data)) for data in attachments)
        try:
            self._connection.sendall(head + text)
            for data in attachments:
                self._connection.sendall(data)
        except OSError as error:
            raise WireError(f"cannot send: {error.strerror or error}") from error

    def receive(self, timeout: float | None = None) -> tuple[Any, list[bytes]]:
        """The next message and its attachments.

        Args:
            timeout: seconds without any byte after which to give up; None waits for ever.

        Raises:
            TimeoutError: nothing came in time.
            WireError: the connection has ended, or what came is not a message.
        """
        self._connection.settimeout(timeout)
        try:
            size, count = _HEAD.unpack(self._read(_HEAD.size))
            if count > _MOST_ATTACHMENTS:
                raise WireError(f"a message with {count} attachments")
            sizes = list(struct.unpack(f">{count}Q", self._read(8 * count)))
            _check_sizes(size, sizes)
            text, attachments = self._read(size), [self._read(size) for size in sizes]
        finally:
            self._connection.settimeout(None)
        try:
            return json.loads(text), attachments
        except (ValueError, RecursionError) as error:
            raise WireError(f"a message that is not JSON: {type(error).__name__}") from error

    def _read(self, size: int) -> bytes:
        data = bytearray()
        while len(data) < size:
            try:
                piece = self._connection.recv(min(size - len(data), 2**20))
            except TimeoutError:
                raise
            except OSError as error:
                raise WireError(f"cannot receive: {error.strerror or error}") from error
            if not piece:
                raise WireError("the connection has ended")
            data += piece
        return bytes(data)


def _check_sizes(text: int, attachments: list[int]) -> None:
    if text > LARGEST_TEXT or text + sum(attachments) > LARGEST_MESSAGE:
        raise WireError(f"a message of {(text + sum(attachments)) / 2**20:,.0f} MiB")
