"""Grading a class: what is kept, going on after a break, and students' processes that are forked from a nursery."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
import unicodedata
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from attack_runs import attacks, from_nursery
from attack_runs import run as run_attack
from conftest import AUTOGRADERS, ROOT, SAMPLES, THEORY_ZIP

from grading.archive import read_zip, write_zip
from grading.batch import Folder, grade_class, on_this_machine
from grading.exports import find_submissions
from grading.grader import Autograder, Grader
from grading.isolation.nursery import Nursery
from grading.marker import read_marks
from grading.pool import GraderPool
from grading.report.records import read
from grading.result import Result, as_json, from_json
from grading.submission import read_submission
from grading.table import table, write_grades

THEORY = Autograder.read(THEORY_ZIP)
CLASS = [path for path in sorted(SAMPLES.iterdir()) if path.name[:2] in ("03", "06", "08", "14", "16")]
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")


def _command(folder: Path, *arguments: str | Path) -> list[str]:
    zip_ = ["--autograder", THEORY_ZIP]
    return [sys.executable, "-m", "grading", "grade", "--to", str(folder), *map(str, zip_), *map(str, arguments)]


def _run(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess:
    done = subprocess.run(_command(folder, *arguments), cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done


def _grades(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "grades.csv").open(newline="", encoding="utf-8") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


def _lines(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> Path:
    """The class, graded once by the command; tests copy what they change."""
    folder = tmp_path_factory.mktemp("class")
    _run(folder, *CLASS)
    return folder


def test_every_submission_has_a_file_and_a_row(undisturbed):
    files = {path.name for path in CLASS}
    assert {path.name for path in (undisturbed / "results").iterdir()} == {f"{name}.json" for name in files}
    rows = _grades(undisturbed)
    assert rows.keys() == {"points-per-question", *files}
    first = rows["points-per-question"]
    assert (float(first["total_points_earned"]), first["percent_correct"], first["grading_status"]) == (47, "1", "--")
    assert next(iter(first)) == "file" and list(first)[-2:] == ["for_a_marker", "student"] and "q20" in first
    assert float(rows["16-broken.ipynb"]["total_points_earned"]) == 0
    assert "not valid JSON" in rows["16-broken.ipynb"]["grading_status"]
    assert {row["grading_status"] for name, row in rows.items() if name[:2] in ("03", "06", "08")} == {"Completed"}


def test_the_grades_say_who_it_is_and_never_compute(tmp_path):
    write_grades(
        tmp_path / "grades.csv", [Result("submission_7.ipynb", student="Ada (7001)"), Result("=1+1", student="@x")]
    )
    rows = [row for name, row in _grades(tmp_path).items() if name != "points-per-question"]
    assert [(row["file"], row["student"]) for row in rows] == [("submission_7.ipynb", "Ada (7001)"), ("'=1+1", "'@x")]


def test_a_name_that_commands_a_terminal_is_printed_without():
    printed = table([Result("a\x1b[2J\u202e.ipynb", error="b\x1b]0;c\x07")])
    assert not any(unicodedata.category(c) in ("Cc", "Cf") for c in printed.replace("\n", ""))


def test_a_result_says_all_that_a_report_needs(undisturbed):
    data = json.loads((undisturbed / "results" / "06-mixed.ipynb.json").read_text(encoding="utf-8"))
    assert (data["file"], data["student"], data["assignment"], data["error"]) == (
        "06-mixed.ipynb",
        None,
        "theory",
        None,
    )
    assert len(data["made_from"]) == 64 and data["version"]
    question = data["questions"][7]
    assert (question["name"], question["possible"]) == ("q8", 2.0)
    assert [(case["name"], case["hidden"]) for case in question["cases"]] == [
        ("test_form", False),
        ("a", True),
        ("b", True),
    ]
    assert question["score"] == sum(case["points"] for case in question["cases"] if case["passed"])
    assert question["work"] and 0 < question["seconds"] < data["seconds"]
    assert json.loads(json.dumps(as_json(from_json(data)))) == data


def test_nothing_is_graded_twice_unless_it_has_changed(tmp_path, undisturbed):
    folder = Folder(tmp_path / "class")
    for result in Folder(undisturbed).results():
        folder.add(result)
    changed = tmp_path / "06-mixed.ipynb"
    changed.write_bytes((SAMPLES / "06-mixed.ipynb").read_bytes() + b"\n")
    paths = [changed if path.name == changed.name else path for path in CLASS]
    handed_on = []
    with on_this_machine([THEORY], 1) as (submit, at_once):

        def counted(file, data):
            handed_on.append(file)
            return submit(file, data)

        results = grade_class(find_submissions(paths), [THEORY], counted, at_once, folder)
    assert handed_on == ["06-mixed.ipynb"]
    assert [result.file for result in results] == [path.name for path in paths]
    assert results[1].parts[0].score == Folder(undisturbed).results()[1].parts[0].score


def test_marks_change_the_grades_and_grade_nothing(tmp_path, undisturbed):
    for result in Folder(undisturbed).results():
        Folder(tmp_path).add(result)
    Folder(tmp_path).conclude({})
    rows = _lines(tmp_path / "marker.csv")
    waiting = [row for row in rows if row["file"].startswith("03")]
    assert waiting and not any(row["grant"] for row in rows)
    filled = tmp_path / "filled.csv"
    with filled.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows({**row, "grant": "yes" if row in waiting else "no"} for row in rows)
    began = time.monotonic()
    done = _run(tmp_path, "--marks", filled)
    assert time.monotonic() - began < 30 and "submission" not in done.stderr
    taken_over = _lines(tmp_path / "marker.csv")  # so that they count in later runs as well
    assert taken_over == _lines(filled)
    before, after = _grades(undisturbed)["03-strong-terse.ipynb"], _grades(tmp_path)["03-strong-terse.ipynb"]
    assert float(after["total_points_earned"]) > float(before["total_points_earned"])
    assert (before["for_a_marker"], after["for_a_marker"]) == (str(len(waiting)), "0")
    (reported,) = [submission for submission in read(tmp_path) if submission.file.startswith("03")]
    assert reported.score == float(after["total_points_earned"])
    cases = [case for question in reported.questions.values() for case in question.cases]
    assert sorted(case.name for case in cases if "granted" in case.message) == sorted(row["idea"] for row in waiting)


def test_what_a_person_has_filled_in_stays(tmp_path, undisturbed):
    for result in Folder(undisturbed).results():
        Folder(tmp_path).add(result)
    Folder(tmp_path).conclude({})
    path = tmp_path / "marker.csv"
    text = path.read_text(encoding="utf-8-sig")
    first = text.splitlines()[1]
    path.write_text(text.replace(first, first + "yes"), encoding="utf-8-sig")
    Folder(tmp_path).conclude({})
    assert [row["grant"] for row in _lines(path)] == ["yes", *[""] * (len(_lines(path)) - 1)]
    assert list(read_marks(path).values()) == [True]


def test_the_same_command_again_counts_what_has_been_filled_in(tmp_path, undisturbed):
    for result in Folder(undisturbed).results():
        Folder(tmp_path).add(result)
    Folder(tmp_path).conclude({})
    rows = _lines(tmp_path / "marker.csv")
    with (tmp_path / "marker.csv").open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows({**row, "grant": "yes"} for row in rows)
    some = [path for path in CLASS if path.name.startswith("03")]
    done = _run(tmp_path, *some)
    before, after = _grades(undisturbed), _grades(tmp_path)
    assert float(after[some[0].name]["total_points_earned"]) > float(before[some[0].name]["total_points_earned"])
    assert {row["for_a_marker"] for row in after.values()} <= {"", "0"}
    left = ", ".join(sorted(path.name for path in CLASS if path not in some))
    assert f"what earlier runs have left there: {left}" in done.stdout


def test_a_result_of_another_version_is_graded_anew_or_named(tmp_path, undisturbed):
    folder = Folder(tmp_path)
    for result in Folder(undisturbed).results():
        folder.add(result)
    path = tmp_path / "results" / "08-weak.ipynb.json"
    path.write_text('{"file": "08-weak.ipynb"}')
    (submission,) = find_submissions([SAMPLES / "08-weak.ipynb"])
    assert folder.kept(submission, submission.read(), [THEORY]) is None
    with pytest.raises(ValueError, match=r"08-weak\.ipynb\.json is no result of this version"):
        folder.conclude({})


@needs_linux
def test_kill_9_loses_nothing_and_leaves_nothing(tmp_path, undisturbed):
    kills = 0
    while kills < 2:
        before = len(list(tmp_path.glob("results/*.json")))
        command = subprocess.Popen(_command(tmp_path, *CLASS), cwd=ROOT, stderr=subprocess.DEVNULL, stdout=-3)
        while len(list(tmp_path.glob("results/*.json"))) <= before and command.poll() is None:
            time.sleep(0.02)
        assert command.poll() is None, "it was done before it could be killed"
        started = _below(command.pid)
        command.kill()
        command.wait()
        kills += 1
        assert started and _gone(started)
    _run(tmp_path, *CLASS)
    assert _grades(tmp_path) == _grades(undisturbed)


@needs_linux
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_closed_terminal_leaves_nothing(tmp_path, number):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    command = subprocess.Popen(
        _command(tmp_path / "to", *CLASS), cwd=ROOT, env={**os.environ, "TMPDIR": str(temporary)},
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),  # these tests may run under nohup
    )  # fmt: skip
    while not list(temporary.glob("autograder-*")) and command.poll() is None:
        time.sleep(0.02)
    time.sleep(1)
    started = _below(command.pid)
    command.send_signal(number)
    _, said = command.communicate(timeout=60)
    assert command.returncode == 130 and said.endswith("stopped; what `grade --to` has kept is not graded again\n")
    assert _gone(started) and not list(temporary.glob("autograder-*"))


def _below(pid: int) -> set[int]:
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
    family = {pid}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return family - {pid}


def _gone(pids: set[int]) -> bool:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if not any(_alive(pid) for pid in pids):
            return True
        time.sleep(0.1)
    return False


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_worker_that_is_lost_costs_one_submission_until_the_next_run():
    with contextlib.closing(GraderPool()) as pool:
        data = (SAMPLES / "08-weak.ipynb").read_bytes()
        grader = pool._grader(THEORY)
        os.kill(grader._process.pid, signal.SIGKILL)
        lost = pool.grade("08-weak.ipynb", data, THEORY)
        assert "the process that grades has ended" in lost.error and not lost.made_from
        again = pool.grade("08-weak.ipynb", data, THEORY)
        assert again.error is None and again.made_from == THEORY.made_from(data)


def test_one_worker_grades_many_and_nothing_of_one_reaches_the_next():
    greedy = json.loads((SAMPLES / "06-mixed.ipynb").read_text(encoding="utf-8"))
    code = next(cell for cell in greedy["cells"] if cell["cell_type"] == "code")
    leave = (
        "import builtins, os, sys\nbuiltins.left = 1\nos.environ['LEFT'] = '1'\nsys.modules['left'] = sys\nos._exit(0)"
    )
    look = (
        "import builtins, os, sys\nfound = [hasattr(builtins, 'left'), 'LEFT' in os.environ, 'left' in sys.modules]\n"
    )
    look += "open('found', 'w').write(str(found)) if not any(found) else os._exit(0)"
    with contextlib.closing(GraderPool()) as pool:
        code["source"] = leave
        first = pool.grade("leaves.ipynb", json.dumps(greedy).encode(), THEORY)
        code["source"] = look
        second = pool.grade("looks.ipynb", json.dumps(greedy).encode(), THEORY)
        assert len(pool._all) == 1
    assert any("exit status 0" in note for note in first.notes)
    assert second.error is None and second.notes == ()


def test_zips_that_cannot_be_graded_with(tmp_path):
    entries = read_zip(THEORY_ZIP)
    old = {name: data for name, data in entries.items() if not name.endswith("worker.py")}
    write_zip(tmp_path / "old.zip", old)
    with pytest.raises(ValueError, match="older version of this package: run 'make build'"):
        Grader(Autograder.read(tmp_path / "old.zip"))
    config = json.loads(entries["otter_config.json"]) | {"limits": {"sekunden": 3}}
    write_zip(tmp_path / "wrong.zip", entries | {"otter_config.json": json.dumps(config).encode()})
    with pytest.raises(ValueError, match="there is no limit named 'sekunden'"):
        Grader(Autograder.read(tmp_path / "wrong.zip"))


def test_a_file_that_is_no_autograder(tmp_path):
    with pytest.raises(ValueError, match=r"08-weak\.ipynb is no autograder zip"):
        Autograder.read(SAMPLES / "08-weak.ipynb")


def test_a_grader_that_starts_while_all_is_being_closed_is_closed_too():
    pool = GraderPool()
    pool.close()
    with pytest.raises(RuntimeError, match="grading was stopped"):
        pool.grade("08-weak.ipynb", (SAMPLES / "08-weak.ipynb").read_bytes(), THEORY)
    assert not pool._all


def test_a_zip_of_another_version_says_so(tmp_path):
    other = {"files/grading/__init__.py": b'__version__ = "1.9.9"\n'}
    write_zip(tmp_path / "other.zip", read_zip(THEORY_ZIP) | other)
    with contextlib.closing(GraderPool()) as pool:
        result = pool.grade(
            "08.ipynb", (SAMPLES / "08-weak.ipynb").read_bytes(), Autograder.read(tmp_path / "other.zip")
        )
    assert result.version == "1.9.9" and "graded by version 1.9.9 in other.zip" in result.notes[0]


@needs_linux
def test_a_worker_that_is_stopped_twice_leaves_nothing(tmp_path, monkeypatch):
    """When its starter's thread ends, the system says it once more."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    with contextlib.closing(Grader(THEORY)) as grader:
        assert any(path.name.startswith("nursery-") for path in tmp_path.iterdir())
        for _ in range(5):
            grader._process.terminate()
            time.sleep(0.002)
        grader._process.wait(20)
        assert not any(path.name.startswith("nursery-") for path in tmp_path.iterdir())


def test_a_limit_above_ours_is_waited_for():
    entries = read_zip(THEORY_ZIP)
    config = json.loads(entries["otter_config.json"]) | {"limits": {"total_seconds": 5_000}}
    for name in ("otter_config.json", "files/grading/otter_config.json"):
        entries[name] = json.dumps(config).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    zip_ = replace(THEORY, data=made.getvalue(), digest="other")
    with contextlib.closing(Grader(zip_)) as grader:
        assert grader._patience > 5_000


def test_a_very_long_name_is_graded(tmp_path):
    with contextlib.closing(GraderPool()) as pool:
        result = pool.grade("ä" * 150 + ".ipynb", b"no notebook", THEORY)
    assert "not valid JSON" in result.error


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system keeps no process to some processors")
def test_as_many_at_a_time_as_there_are_processors_for_us():
    code = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); from grading import batch; "
    code += "import inspect; print(inspect.signature(batch.on_this_machine).parameters['at_once'].default)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"


@needs_linux
@pytest.mark.parametrize(
    ("statement", "refused"),
    [
        ("import json", ""),
        ("import no_such_module", ""),
        ("import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()", "1 threads"),
    ],
)
def test_a_nursery_with_threads_is_not_used(statement, refused):
    with contextlib.closing(Nursery([statement])) as nursery:
        assert refused in nursery.refused and bool(nursery.refused) == bool(refused)


def test_the_zip_knows_what_its_notebook_imports():
    practical = next(path for path in AUTOGRADERS if path.stem == "practical")
    statements = json.loads(read_zip(practical)["files/grading/isolation/imports.json"])
    assert {"import keras", "import torch", "import spacy", "import numpy as np"} <= {*statements}
    assert not any("otter" in statement for statement in statements)


# Those to which it matters whose child the process is.
CHOSEN = """daemon_rewrites_the_results fork_bomb inherited_file_descriptors kills_its_parent
other_submissions_processes parents_environment parents_memory raises_privileges""".split()


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="the sandbox is complete as root on Linux")
@pytest.mark.parametrize("attack", [pytest.param(a, id=a.name) for a in attacks() if a.name in CHOSEN])
def test_attacks_on_a_forked_process(attack):
    outcome = run_attack(attack, from_nursery)
    assert outcome.verdict == "resisted", f"{attack.tries} {outcome.why}"


def test_submissions_are_read_as_by_gradescope(undisturbed):
    """The same reader decides, so that a name in a message is the submission's own."""
    (result,) = [r for r in Folder(undisturbed).results() if r.file.startswith("16")]
    with pytest.raises(ValueError) as told:
        read_submission(SAMPLES / "16-broken.ipynb")
    assert result.error == str(told.value)
