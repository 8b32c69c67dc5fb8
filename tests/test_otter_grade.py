"""A real `otter grade` run with both zips: a Docker engine, an image built by our setup.sh, two containers at a time.

Every submission of a mixed class must get the same points, question by question, as from our own command.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import make_mixed
import pytest
from conftest import ROOT
from docker_engine import engine, why_not
from otter_grade import otter_grade

from grading.archive import read_zip, write_zip
from grading.batch import grade_all
from grading.result import Result

CELL_SECONDS = {"theory": 5, "practical": 120}  # our limit in these runs; the longest honest cell takes 20 s
TIMEOUT = {"theory": 240, "practical": 1_200}  # Otter's; 240 because our limit must arrive: without it a cell has 300
_NOT_QUESTIONS = ("file", "total_points_earned", "percent_correct", "grading_status")
PERFECT = "1-perfect"
PARTIAL = ("3-partial", "4-fails", "5-raises", "6-", "2-never-ends")
NOT_GRADED = {"8-empty": "has no code cells", "9-broken": "its text is not valid JSON"}


@dataclass(frozen=True)
class Graded:
    """Rows of final_grades.csv and results of our own command, by name of the submission; and points per question.

    The solutions are not among the latter: test_practicals and test_samples see to it that they earn everything there.
    """

    stem: str
    otter: dict[str, dict[str, str]]
    ours: dict[str, Result]
    possible: dict[str, float]

    @property
    def plan(self) -> make_mixed.Plan:
        return make_mixed.PLANS[self.stem]

    def points(self, name: str) -> dict[str, float]:
        """What `otter grade` gave for every question."""
        return {question: float(self.otter[name][question]) for question in self.possible}

    def named(self, prefix: str) -> list[str]:
        return [name for name in self.otter if name.startswith(prefix)]


@pytest.fixture(scope="module")
def docker():
    if reason := why_not():
        pytest.skip(reason)
    with engine() as environment:
        yield environment


@pytest.fixture(scope="module", params=sorted(make_mixed.PLANS))
def graded(request, docker, tmp_path_factory) -> Graded:
    folder = tmp_path_factory.mktemp(request.param)
    autograder = _with_limits(request.param, folder / "autograder.zip")
    (folder / "submissions").mkdir()
    make_mixed.make(request.param, folder / "submissions")
    submissions = sorted((folder / "submissions").iterdir())
    table = otter_grade(docker, request.param, autograder, submissions, folder, TIMEOUT[request.param])
    rows = {Path(row["file"]).stem: row for row in table}
    others = [path for path in submissions if path.stem != PERFECT]
    ours = {Path(r.file).stem: r for r in grade_all(others, [autograder])}
    first = rows.pop("points-per-question")
    possible = {name: float(points) for name, points in first.items() if name not in _NOT_QUESTIONS}
    return Graded(request.param, rows, ours, possible)


def _with_limits(stem: str, path: Path) -> Path:
    """A copy of the zip in which a loop without end is ended soon."""
    entries = read_zip(ROOT / "autograder" / f"{stem}.zip")
    config = json.loads(entries["otter_config.json"])
    for name in ("otter_config.json", "files/grading/otter_config.json"):  # `otter grade` strips the first
        entries[name] = json.dumps({**config, "limits": {"cell_seconds": CELL_SECONDS[stem]}}).encode()
    write_zip(path, entries)
    return path


def test_every_submission_gets_the_same_points_from_our_own_command(graded):
    assert len(graded.otter) >= 8
    assert graded.otter.keys() == graded.ours.keys() | {PERFECT}
    assert graded.possible == {part.name: part.possible for part in graded.ours["7-untouched"].parts}
    for name, result in graded.ours.items():
        expected = dict.fromkeys(graded.possible, 0.0) | {part.name: part.score for part in result.parts}
        assert graded.points(name) == expected, name
        assert float(graded.otter[name]["total_points_earned"]) == result.score, name


def test_solutions_earn_everything_and_nothing_done_earns_nothing(graded):
    assert graded.points(PERFECT) == graded.possible
    assert not any(graded.points("7-untouched").values())


def test_solved_questions_earn_their_points_whatever_is_wrong_elsewhere(graded):
    trouble = graded.plan.trouble
    for name in (name for prefix in PARTIAL for name in graded.named(prefix)):
        points = graded.points(name)
        for question, possible in graded.possible.items():
            if question != trouble:
                assert points[question] == (possible if question in graded.plan.solved else 0), (name, question)
        if name.startswith("3-partial"):
            assert points[trouble] == graded.possible[trouble]
        elif name == "4-fails-hidden":
            assert points[trouble] < graded.possible[trouble]
        else:
            assert points[trouble] == 0, name


def test_a_loop_without_end_is_ended_by_our_limit(graded):
    assert graded.otter["2-never-ends"]["grading_status"] == "Completed"
    limit = f"took longer than {CELL_SECONDS[graded.stem]} seconds"
    assert any(limit in note for note in graded.ours["2-never-ends"].notes)


def test_what_cannot_be_graded_earns_nothing_and_says_why(graded):
    for name, why in NOT_GRADED.items():
        assert graded.otter[name]["total_points_earned"] == "0"
        assert why in graded.otter[name]["grading_status"]
        assert why in graded.ours[name].error
    graded_ones = set(graded.otter) - set(NOT_GRADED)
    assert {graded.otter[name]["grading_status"] for name in graded_ones} == {"Completed"}
