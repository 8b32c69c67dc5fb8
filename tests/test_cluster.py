"""A Dask cluster of a scheduler and two workers on this machine; one of them is killed in the middle."""

from __future__ import annotations

import csv
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, SAMPLES, THEORY_ZIP
from distributed import Client

from grading.batch import Folder

CLASS = sorted(SAMPLES.iterdir())[:8]
SECONDS = 60  # for a scheduler or a worker to start


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen]]]:
    """A scheduler's address and its two workers, without nannies, which would start killed ones again."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    scheduler = _start(tmp_path, "scheduler", "--host", "127.0.0.1", "--port", str(port))
    options = ["--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path)]
    workers = [_start(tmp_path, "worker", address, *options) for _ in range(2)]
    try:
        with Client(address, timeout=SECONDS) as client:
            client.wait_for_workers(len(workers), timeout=SECONDS)
        yield address, workers
    finally:
        for process in [*workers, scheduler]:
            process.terminate()
        for process in [*workers, scheduler]:
            _end(process)


def _end(process: subprocess.Popen) -> None:
    """A worker that loses its scheduler while it says goodbye may wait for an answer for longer than we do."""
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _start(folder: Path, what: str, *options: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.dask_{what}", *options, "--no-dashboard"],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def _command(folder: Path, *more: str) -> list[str]:
    arguments = ["--to", folder, "--autograder", THEORY_ZIP, *more, *CLASS]
    return [sys.executable, "-m", "grading", "grade", *map(str, arguments)]


def _grades(folder: Path) -> list[dict[str, str]]:
    with (folder / "grades.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_lost_worker_loses_nothing(cluster, tmp_path):
    address, workers = cluster
    here, there = tmp_path / "here", tmp_path / "there"
    grading = subprocess.Popen(
        _command(there, "--cluster", address), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    while not list(there.glob("results/*.json")) and grading.poll() is None:
        time.sleep(0.05)
    os.kill(workers[0].pid, signal.SIGKILL)
    assert len(list(there.glob("results/*.json"))) < len(CLASS), "it was done before a worker could be killed"
    assert grading.wait(300) == 0, grading.stderr.read()
    grading.stderr.close()
    subprocess.run(_command(here), cwd=ROOT, check=True, capture_output=True, timeout=300)
    assert _grades(there) == _grades(here)
    assert len(Folder(there).results()) == len(CLASS) and not any(result.error for result in Folder(there).results())


def test_no_cluster_gets_a_sentence(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        done = subprocess.run(
            _command(tmp_path, "--cluster", address), cwd=ROOT, capture_output=True, text=True, timeout=120
        )
    assert done.returncode == 1
    assert f"there is no Dask scheduler at {address}" in done.stderr and "Traceback" not in done.stderr
