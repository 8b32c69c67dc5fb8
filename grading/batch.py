"""Grades a class: many submissions at a time, what is done is kept, and in the end there are grades."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path

from tqdm import tqdm

from . import report
from .exports import Submission, find_submissions
from .files import LONGEST_NAME, PART, replace_file
from .grader import Autograder, UnusableZip
from .marker import Marks, grant, read_marks, write_requests
from .pool import GraderPool
from .result import Result, as_json, read_result
from .table import write_grades

Submit = Callable[[str, bytes], "Future[Result]"]  # (name, bytes of a submission) -> its result
_SECONDS_BETWEEN_LINES = 60  # of progress, where there is no terminal
_AHEAD = 2  # submissions in memory for every one that is being graded


class Folder:
    """The folder of a class: a file per result, and what is made from all of them."""

    def __init__(self, path: Path):
        self.path = path
        (path / "results").mkdir(parents=True, exist_ok=True)
        for part in (path / "results").glob(f"*{PART}"):
            part.unlink()

    def add(self, result: Result) -> None:
        """Keeps a result, in place of an earlier one of the same submission."""
        replace_file(self._place(result.file), json.dumps(as_json(result), indent=1, ensure_ascii=False))

    def kept(self, submission: Submission, data: bytes, autograders: Sequence[Autograder]) -> Result | None:
        """The result of these bytes with one of these zips, if it is there."""
        try:
            result = read_result(self._place(submission.file))
        except (FileNotFoundError, ValueError):  # the latter: of another version's format
            return None
        return result if result.made_from in [autograder.made_from(data) for autograder in autograders] else None

    def results(self) -> list[Result]:
        """All results in the folder, in order of name.

        Raises:
            ValueError: one is of another version's format.
        """
        paths = sorted((self.path / "results").glob("*.json"))
        return sorted(map(read_result, paths), key=lambda result: result.file)

    def marks(self) -> Marks:
        """What people have decided so far, in marker.csv."""
        return read_marks(self._requests) if self._requests.exists() else {}

    def conclude(self, marks: Marks | None = None) -> None:
        """Adds the marks to what people have decided so far, and writes what follows from that and the results."""
        results = self.results()
        write_requests(self._requests, results, marks)
        decided = self.marks()
        write_grades(self.path / "grades.csv", [grant(result, decided) for result in results])
        report.write(self.path, self.path / "report.html")

    @property
    def _requests(self) -> Path:
        return self.path / "marker.csv"

    def _place(self, file: str) -> Path:
        name = file.replace("/", "_")
        if len(name.encode()) > LONGEST_NAME:
            name = name[: LONGEST_NAME // 4] + hashlib.sha256(file.encode()).hexdigest()[:16]
        return self.path / "results" / f"{name}.json"


def _processors() -> int:
    """Those that this process may use, which can be fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextlib.contextmanager
def on_this_machine(autograders: Sequence[Autograder], at_once: int = _processors()) -> Iterator[tuple[Submit, int]]:
    """Yields what grades a submission in the background, and how many it does at a time."""
    graders, threads = GraderPool(), ThreadPoolExecutor(at_once)
    try:
        yield lambda file, data: threads.submit(graders.grade, file, data, *autograders), at_once
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        graders.close()


def grade_class(
    submissions: Sequence[Submission], autograders: Sequence[Autograder], submit: Submit, at_once: int,
    folder: Folder | None = None,
) -> list[Result]:  # fmt: skip
    """Grades all submissions that the folder has no result of.

    Returns:
        A result for every submission, in order.

    Raises:
        UnusableZip: a zip cannot be graded with.
    """
    results: dict[str, Result] = {}
    running: dict[Future[Result], Submission] = {}
    with _Progress(len(submissions)) as progress:

        def collect() -> None:
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                add(running.pop(future), future)

        def add(submission: Submission, future: Future[Result]) -> None:
            result = replace(_outcome(submission, future), student=submission.student)
            results[submission.file] = result
            if folder:
                folder.add(result)
            progress.step()

        for submission in submissions:
            data, problem = _bytes_of(submission)
            if problem:
                results[submission.file] = Result(submission.file, error=problem, student=submission.student)
            elif folder and (kept := folder.kept(submission, data, autograders)):
                results[submission.file] = kept
            else:
                running[submit(submission.file, data)] = submission
                while len(running) >= _AHEAD * at_once:
                    collect()
                continue
            if folder:
                folder.add(results[submission.file])
            progress.skip()
        while running:
            collect()
    return [results[submission.file] for submission in submissions]


def _bytes_of(submission: Submission) -> tuple[bytes, str]:
    """The bytes, and why there are none, or ""."""
    try:
        return submission.read(), submission.problem
    except Exception as error:  # a damaged or encrypted file in a zip raises many kinds
        return b"", f"{submission.file} cannot be read: {error}"


def _outcome(submission: Submission, future: Future[Result]) -> Result:
    try:
        return future.result()
    except UnusableZip:
        raise
    except Exception as error:  # such as a cluster that has lost too many workers over it
        return Result(submission.file, error=f"it could not be graded: {type(error).__name__}: {error}")


def grade_all(paths: Sequence[Path], autograders: Sequence[Path]) -> list[Result]:
    """Grades what is found in the paths with zips, on this machine; results are in order and nothing is kept."""
    zips = [Autograder.read(path) for path in autograders]
    with on_this_machine(zips) as (submit, at_once):
        return grade_class(find_submissions(paths), zips, submit, at_once)


class _Progress:
    """A bar with rate and time left on a terminal; elsewhere a line now and then."""

    def __init__(self, total: int):
        self._bar = tqdm(total=total, unit="submission", disable=None, dynamic_ncols=True, smoothing=0.05)
        self._total = self._left = total
        self._began = self._said = time.monotonic()
        self._graded = 0

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def skip(self) -> None:
        """Counts a submission that took no time."""
        self._left -= 1
        self._bar.total -= 1
        self._bar.refresh()

    def step(self) -> None:
        """Counts a graded submission."""
        self._left, self._graded = self._left - 1, self._graded + 1
        self._bar.update()
        now = time.monotonic()
        if self._bar.disable and now - self._said > _SECONDS_BETWEEN_LINES:
            self._said = now
            rate = self._graded / (now - self._began)
            done = f"{self._total - self._left} of {self._total} submissions"
            print(f"{done}, {60 * rate:.1f} a minute, {self._left / rate / 60:.0f} minutes left", file=sys.stderr)
