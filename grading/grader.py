"""A process that grades with an autograder zip."""

from __future__ import annotations

import hashlib
import io
import json
import re
import socket
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import nbformat

from . import __version__
from .isolation.wire import Channel, WireError

_SECONDS_BEYOND = 600  # a backstop: the runner's own limit ends a submission long before
_SECONDS_TO_START = 600  # imports, from a cold disk, beside other processes that do the same
_WORKER = "files/grading/isolation/worker.py"


@dataclass(frozen=True)
class Autograder:
    """An autograder zip as it travels to whoever grades with it.

    Attributes:
        name: of the file, without its ending.
        data: the file.
        digest: of the file.
        tests: question -> source of its test file.
    """

    name: str
    data: bytes = field(repr=False)
    digest: str
    tests: Mapping[str, str] = field(repr=False)

    @classmethod
    def read(cls, path: Path) -> Autograder:
        """From a file made by `make build`.

        Raises:
            ValueError: it is no zip file.
        """
        data = path.read_bytes()
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                names = [name for name in archive.namelist() if re.fullmatch(r"tests/\w+\.py", name)]
                tests = {Path(name).stem: archive.read(name).decode() for name in names}
        except zipfile.BadZipFile as error:
            raise ValueError(f"{path.name} is no autograder zip: {error}") from error
        return cls(path.stem, data, hashlib.sha256(data).hexdigest(), tests)

    def made_from(self, submission: bytes) -> str:
        """The digest of this zip and a submission."""
        return hashlib.sha256(self.digest.encode() + hashlib.sha256(submission).digest()).hexdigest()


class UnusableZip(ValueError):
    """Nothing can be graded with an autograder zip; the message says why."""


class Grader:
    """A process that has what is in a zip in memory and grades one notebook after the other with it.

    Attributes:
        version: of this package in the zip, which is what grades.
        notes: that concern every submission.

    Raises:
        UnusableZip: the zip cannot be graded with.
    """

    def __init__(self, autograder: Autograder):
        self.autograder = autograder
        self._folder = tempfile.TemporaryDirectory(prefix="autograder-")
        source = Path(self._folder.name) / "source"
        with zipfile.ZipFile(io.BytesIO(autograder.data)) as archive:
            if _WORKER not in archive.namelist():
                raise UnusableZip(
                    f"{autograder.name}.zip was built by an older version of this package: run 'make build'"
                )
            archive.extractall(source)
        ours, theirs = socket.socketpair()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "grading.isolation.worker", str(theirs.fileno())], cwd=source / "files",
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            pass_fds=(theirs.fileno(),), start_new_session=True,
        )  # fmt: skip
        theirs.close()
        self._channel = Channel(ours)
        self._said = _Tail(cast(io.BufferedReader, self._process.stderr))
        try:
            about = self._channel.receive(_SECONDS_TO_START)[0]
        except (WireError, TimeoutError) as error:
            self.close()
            raise UnusableZip(f"{autograder.name}.zip cannot be graded with: {self._said.last_line()}") from error
        self.version, self.notes = about["version"], about["notes"]
        self._patience = about["seconds"] + _SECONDS_BEYOND
        if self.version != __version__:
            self.notes.append(f"graded by version {self.version} in {autograder.name}.zip, {__version__} is installed")

    def grade(self, notebook: nbformat.NotebookNode) -> dict[str, Any]:
        """The record of a notebook, or {"error": why it cannot be graded}.

        Raises:
            RuntimeError: the process has ended, or was ended because it took too long; it is of no use any more.
        """
        try:
            self._channel.send({}, [json.dumps(notebook).encode()])  # nbformat would indent, which may be long
            return self._channel.receive(self._patience)[0]
        except TimeoutError as error:
            raise RuntimeError(f"it took longer than {self._patience:,.0f} seconds") from error
        except WireError as error:
            self.close()
            raise RuntimeError(f"the process that grades has ended. {self._said.last_line()}".strip()) from error

    def close(self) -> None:
        """Ends the process, all that it has started, and removes its folder."""
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._channel.close()
        self._folder.cleanup()


class _Tail:
    """Reads what a process says, so that it can go on, and keeps the end of it."""

    def __init__(self, stream: io.BufferedReader):
        self._text = b""
        self._thread = threading.Thread(target=self._read, args=(stream,), daemon=True)
        self._thread.start()

    def _read(self, stream: io.BufferedReader) -> None:
        with stream:
            while data := stream.read1():
                self._text = (self._text + data)[-4_000:]

    def last_line(self) -> str:
        self._thread.join(1)
        return self._text.decode(errors="replace").strip().rpartition("\n")[2]
