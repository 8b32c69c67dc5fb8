"""Grading on a Dask cluster: as many at a time as its workers have threads, wherever they are.

Bytes of the submission and of the zip travel with a task; workers need this package and the assignment's libraries, and
no disk in common. What a lost worker had begun is begun again elsewhere.
"""

from __future__ import annotations

import atexit
import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future

from .grader import Autograder
from .pool import GraderPool
from .result import Result

_RETRIES = 3
_here = GraderPool()  # of the worker that imports this
atexit.register(_here.close)


@contextlib.contextmanager
def on_cluster(
    address: str, autograders: Sequence[Autograder]
) -> Iterator[tuple[Callable[[str, bytes], Future[Result]], int]]:
    """Connects to a scheduler; yields as `batch.on_this_machine` does.

    Raises:
        ValueError: there is no such scheduler, or it has no workers.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise ValueError("a cluster needs the package distributed, which the extra [cluster] brings") from error
    try:
        client = Client(address, timeout=20)
    except OSError as error:
        raise ValueError(f"there is no Dask scheduler at {address}: {error}") from error
    with client:
        if not (threads := sum(client.nthreads().values())):
            raise ValueError(f"the Dask scheduler at {address} has no workers")
        # As tasks, zips travel once to every worker, and anew if the worker that had one is lost.
        zips = [client.submit(_itself, autograder, pure=False) for autograder in autograders]
        executor = client.get_executor(pure=False, retries=_RETRIES)
        yield lambda file, data: executor.submit(_grade, file, data, *zips), threads


def _itself(autograder: Autograder) -> Autograder:
    return autograder


def _grade(file: str, data: bytes, *autograders: Autograder) -> Result:
    return _here.grade(file, data, *autograders)
