"""A process of bench.py that does one job after the other, and is replaced when it dies, hangs or grows big."""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
from pathlib import Path

_BENCH = Path(__file__).with_name("bench.py")
_BIGGEST = 5_000  # MiB
_READY = 900  # seconds for the model solutions


class Labour:
    """Use it in a `with`; the process starts with the first job.

    Args:
        practical: such as "p3".
        cores: how many cores the process may use.
    """

    def __init__(self, practical: str, cores: int = 2):
        self.practical = practical
        self.cores = set(sorted(os.sched_getaffinity(0))[:cores])
        self.process: subprocess.Popen | None = None

    def __enter__(self) -> Labour:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def do(self, job: dict, seconds: float) -> dict:
        """The answer to a job; if there is none, one that says which way the process ended."""
        if self.process is None:
            self._start()
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(json.dumps(job).encode() + b"\n")
            self.process.stdin.flush()
        answer = self._answer(seconds)
        if answer is None:
            self._end()
            said = f"no answer within {seconds:.0f} s, or the process ended"
            return {"failed": [], "broken": [said], "seconds": seconds, "trained": False}
        if answer["peak"] > _BIGGEST:
            self._end()
        return answer

    def _start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(_BENCH), self.practical], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, preexec_fn=lambda: os.sched_setaffinity(0, self.cores),
        )  # fmt: skip
        if self._answer(_READY) is None:
            self._end()
            raise RuntimeError(f"the model solutions of {self.practical} do not run: try python tests/tools/bench.py")

    def _answer(self, seconds: float) -> dict | None:
        ready, _, _ = select.select([self.process.stdout], [], [], seconds)
        line = self.process.stdout.readline() if ready else b""
        return json.loads(line) if line.endswith(b"\n") else None

    def _end(self) -> None:
        if self.process:
            self.process.kill()
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.close()
            self.process.stdout.close()
            self.process.wait()
            self.process = None
