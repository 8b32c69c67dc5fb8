"""The isolated runner on small notebooks: what crosses, what is stopped, what is said."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT
from small_notebooks import PATIENT, QUICK, grade_small, otter_test, passed

from grading.isolation.limits import Limits
from grading.isolation.student import StudentProcess
from grading.isolation.supervisor import Supervisor
from grading.isolation.watch import ProcessTree


def test_what_cells_raised_is_on_record(tmp_path):
    cells = [
        "import no_such_module",
        "a = 1",
        "class Mine(Exception): pass\nraise Mine('a\\x1b[31m' + 'b' * 999)",
        "a = = 1",
    ]
    record = grade_small(tmp_path, cells, a=("a\nassert a == 1",))
    assert passed(record) == {"a": [True]} and record.notes == []
    missing, own, syntax = record.raised
    assert missing == "cell 1: ModuleNotFoundError: No module named 'no_such_module'"
    assert own.startswith("cell 3: Mine: a") and "\x1b" not in own and len(own) < 250
    assert syntax == "cell 4: SyntaxError: invalid syntax (line 1)"


def test_plain_data_functions_and_objects(tmp_path):
    cells = [
        "import numpy as np\nanswer = 'yes'\narray = np.arange(6).reshape(2, 3)\nnothing = None",
        "def double(x, *, times=2):\n    'Doubles.'\n    print('doubling')\n    return x * times",
        "class Counter:\n    def __init__(self): self.count = 0\n    def up(self, by=1):\n        self.count += by\n"
        "        return self.count\n    def __len__(self): return self.count\n"
        "    def __getitem__(self, i): return i * 2\n"
        "    def __iter__(self): return iter([self, 1])\ncounter = Counter()",
        "def apply(function, values):\n    return [function(value) for value in values]",
        "def fails():\n    raise KeyError('no such key')\nclass Mine(ValueError): pass\ndef mine(): raise Mine('own')",
        "def grow(items):\n    items.append(1)\n    return len(items)",
    ]
    record = grade_small(
        tmp_path,
        cells,
        data=(
            "answer, array, nothing, missing\n"
            "assert answer == 'yes' and array.shape == (2, 3) and nothing is None is missing",
            "double\nimport numpy as np\nassert double(3) == 6 and double(3, times=3) == 9\n"
            "assert (double(np.ones(2), times=np.array([2.0, 3.0])) == [2, 3]).all()",
            "double\nimport io, contextlib\nout = io.StringIO()\nwith contextlib.redirect_stdout(out):\n    double(1)\n"
            "assert out.getvalue() == 'doubling\\n'",
        ),
        objects=(
            "counter\nassert counter.up() == 1 and counter.up(by=4) == 5 and counter.count == 5 and len(counter) == 5",
            "counter\ncounter.count = 9\nassert counter.count == 9 and counter[4] == 8",
            "counter\nfirst, second = counter\nassert second == 1 and first.count == 9",
        ),
        callbacks=(
            "apply\nseen = []\ndef note(value):\n    seen.append(value)\n    return value + 1\n"
            "assert apply(note, [1, 2]) == [2, 3] and seen == [1, 2]",
            "apply, counter\nassert apply(lambda value: counter.up(by=value), [1, 1]) == [10, 11]",
            "apply\ndef bad(value):\n    raise LookupError('mine')\n"
            "try:\n    apply(bad, [1])\nexcept LookupError as error:\n"
            "    assert 'mine' in str(error)\nelse:\n    assert False",
        ),
        exceptions=(
            "fails\ntry:\n    fails()\n"
            "except KeyError as error:\n    assert 'no such key' in str(error)\nelse:\n    assert False",
            "mine\ntry:\n    mine()\n"
            "except ValueError as error:\n    assert type(error).__name__ == 'Mine'\nelse:\n    assert False",
        ),
        arguments=(
            "grow\nmine = []\nassert grow(mine) == 1 and mine == []",
            "grow\nresult, (after,) = grow.call_with_arguments([5])\nassert result == 2 and after == [5, 1]",
        ),
    )
    assert all(all(cases) for cases in passed(record).values()), {
        name: [case.message for case in cases if not case.passed] for name, cases in record.cases.items()
    }


def test_questions_are_tested_where_the_notebook_checks_them(tmp_path):
    cells = ["x = 1", "grader.check('q1')", "x = 2", "grader.check('q2')", "x = 3"]
    record = grade_small(tmp_path, cells, q1=("x\nassert x == 1",), q2=("x\nassert x == 2",), q3=("x\nassert x == 3",))
    assert passed(record) == {"q1": [True], "q2": [True], "q3": [True]}


@pytest.mark.parametrize(
    ("lethal", "says"),
    [
        ("import os; os._exit(0)", "cell 2 ended the notebook's process (exit status 0)"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "cell 2 ended the notebook's process (signal 11)"),
        ("while True: pass", "cell 2 took longer than 3 seconds"),
        (
            "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass",
            "cell 2 took longer than 3 seconds",
        ),
        ("x = bytearray(700 * 2**20)\nimport time; time.sleep(50)", "MiB of memory, 600 MiB are allowed"),
        ("while True: print('x' * 1000)", "cell 2 printed more than 1 MiB"),
    ],
)
def test_a_lethal_cell_costs_its_own_question(tmp_path, lethal, says):
    cells = ["a = 1", lethal + "\nb = 1", "c = 1"]
    tests = {name: (f"{name}\nassert {name} == 1",) for name in "abc"}
    record = grade_small(tmp_path, cells, QUICK if "longer" in says else PATIENT, **tests)
    assert passed(record) == {"a": [True], "b": [False], "c": [True]}
    assert any(says in note for note in record.notes), record.notes


@pytest.mark.parametrize(
    "body",
    ["import os; os._exit(0)", "while True: pass", "raise SystemExit", "import ctypes; ctypes.string_at(0)"],
)
def test_a_lethal_function_costs_its_own_question(tmp_path, body):
    cells = [f"def f():\n    {body}", "c = 1"]
    record = grade_small(tmp_path, cells, a=("f\nf()", "f\nassert f() is None"), c=("c\nassert c == 1",))
    assert passed(record) == {"a": [False, False], "c": [True]}


def test_messages_stop_quoting_once_hidden_inputs_are_known(tmp_path):
    cells = ["seen = []\ndef f(x):\n    seen.append(x)\n    return str(seen)", "grader.check('q1')", "later = f(0)"]
    tests = {"q1": ("f\nassert f('secret') == 1, f('secret')",), "q2": ("later\nassert later == 1, later",)}
    record = grade_small(tmp_path, cells, **tests)
    assert "secret" in record.cases["q2"][0].message
    assert not any("secret" in case.shown for cases in record.cases.values() for case in cases)


def test_public_messages_are_shown_as_long_as_nothing_hidden_was_asked(tmp_path):
    record = grade_small(tmp_path, ["def f(): return 3"], hidden=False, q1=("f\nassert f() == 4, 'got 3'",))
    assert "AssertionError: got 3" in record.cases["q1"][0].shown


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


def test_student_code_sees_no_tests_files_or_network(tmp_path):
    secret = tmp_path / "files" / "assignment"
    secret.mkdir(parents=True)
    (secret / "rubric.toml").write_text("secret")
    (tmp_path / "files" / "data.txt").write_text("given")
    cells = [
        "import os, socket, sys\nfound = []\ndef tries(name, f):\n    try: found.append((name, f()))\n"
        "    except Exception: pass",
        f"tries('rubric', lambda: open({str(secret / 'rubric.toml')!r}).read())",
        "tries('parent', lambda: open(f'/proc/{os.getppid()}/environ').read())",
        "tries('memory', lambda: open(f'/proc/{os.getppid()}/mem', 'rb'))",
        "tries('inet', lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM))",
        "tries('kill', lambda: os.kill(os.getppid(), 9))",
        "tries('ptrace', lambda: 1 / (__import__('ctypes').CDLL(None).ptrace(16, os.getppid(), 0, 0) + 1))",
        "tries('secrets', lambda: [name for name in os.environ if 'TOKEN' in name][0])",
        "given = open('data.txt').read()\nlisted = sorted(os.listdir())",
    ]
    os.environ["A_TOKEN"] = "secret"
    record = grade_small(
        tmp_path,
        cells,
        q=(
            "found\nassert found == [], found",
            "given, listed\nassert given == 'given' and listed == ['.tmp', 'data.txt'], listed",
        ),
    )
    assert record.refused == {}
    assert passed(record) == {"q": [True, True]}, record.cases


@needs_root
def test_nothing_of_a_submission_is_left_running(tmp_path):
    marker = f"sleeper-{os.getpid()}-{time.time_ns()}"
    command = f"['sh', '-c', 'sleep 60; : {marker}']"
    cell = f"import subprocess\nfor _ in range(3): subprocess.Popen({command}, start_new_session=True)"
    grade_small(tmp_path, [cell], q=("x\nassert x is None",))
    assert not subprocess.run(["pgrep", "-f", marker], capture_output=True).stdout


def test_without_a_user_of_its_own_what_a_process_leaves_behind_is_found(tmp_path):
    """Children of a process that has ended have another parent; the session stays."""
    ready = tmp_path / "ready"
    script = f"import pathlib, subprocess\nsubprocess.Popen(['sleep', '60'])\npathlib.Path({str(ready)!r}).touch()"
    leader = subprocess.Popen([sys.executable, "-c", script], start_new_session=True)
    leader.wait(20)
    family = ProcessTree(leader.pid, None)
    assert ready.exists() and len(family.pids()) == 1
    family.end()
    assert family.pids() == []


def test_without_a_user_of_its_own_what_else_the_user_runs_does_not_count(tmp_path):
    """The system would count all threads of an instructor's desktop."""
    code = """
import resource
from pathlib import Path
from grading.isolation import jail
before = resource.getrlimit(resource.RLIMIT_NPROC)
refused = jail.enter(None, [Path("/")], [], memory_mib=600, processes=16, file_mib=5)
assert resource.getrlimit(resource.RLIMIT_NPROC) == before
assert refused["a user of its own, a bound on its processes, and who may open the files of yours"] == "needs root"
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_notebook_that_has_had_its_time_is_not_run_to_its_end(tmp_path):
    cells = ["a = 1", "grader.check('a')", "import time; time.sleep(60)", "b = 1", "c = 1"]
    limits = replace(QUICK, total_seconds=4, cell_seconds=30)
    began = time.monotonic()
    record = grade_small(tmp_path, cells, limits, a=("a\nassert a == 1",), b=("b\nassert b == 1",))
    assert time.monotonic() - began < 20
    assert passed(record) == {"a": [True], "b": [False]}
    assert record.notes == ["the notebook took longer than 4 seconds in all"]
    assert record.cases["b"][0].message == record.notes[0]


def test_a_process_that_cannot_be_started_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def start(*_):
        raise RuntimeError("the nursery has ended")

    before = _handles()
    with pytest.raises(RuntimeError, match="the nursery has ended"):
        StudentProcess(tmp_path / "files", QUICK, time.monotonic() + 5, start)
    assert not list(tmp_path.iterdir())
    assert _handles() == before


@needs_root
def test_no_two_submissions_get_the_same_user(tmp_path, monkeypatch):
    def sleeper(*arguments):  # which does not become that user, as the real one has not for a moment
        return subprocess.Popen(["sleep", "60"], start_new_session=True)

    monkeypatch.setattr("os.urandom", bytes)
    with contextlib.ExitStack() as both:
        two = [StudentProcess(tmp_path, QUICK, time.monotonic() + 5, sleeper) for _ in range(2)]
        for student in two:
            both.enter_context(contextlib.closing(student))
        assert two[0].uid != two[1].uid


def _handles() -> int:
    """Open files of this process, where the system tells."""
    return len(list(Path("/proc/self/fd").iterdir())) if sys.platform == "linux" else 0


def test_a_setting_for_a_limit_that_is_none():
    with pytest.raises(ValueError, match="no limit named 'cell_minutes'"):
        Limits.from_settings({"cell_minutes": 3})
    with pytest.raises(ValueError, match="must be a positive number"):
        Limits.from_settings({"cell_seconds": -3})
    assert Limits.from_settings({"cell_seconds": 5}).cell_seconds == 5
    with pytest.raises(ValueError, match="must be a positive whole number"):
        Limits.from_settings({"memory_mib": 4e3})


def test_who_has_run_into_a_limit_of_time_gets_less_of_it(tmp_path, monkeypatch):
    """A function without an end is called in every test of its question; what comes after is somebody's honest work."""
    assert Limits().after_a_timeout().after_a_timeout().cell_seconds == 60
    assert QUICK.after_a_timeout() == QUICK  # short limits stay
    monkeypatch.setattr(Limits, "after_a_timeout", lambda limits: replace(limits, test_seconds=0.3))
    cells = ["def f(x):\n    while True: pass", "grader.check('a')", "def g(): return 3"]
    loops = ("f\nassert f(1) == 1", "f\nassert f(2) == 1", "f\nassert f(3) == 1")
    record = grade_small(tmp_path, cells, a=loops, b=("g\nassert g() == 3",))
    assert passed(record) == {"a": [False] * 3, "b": [True]}
    assert [note.rpartition("than ")[2] for note in record.notes] == ["3 seconds", "0 seconds", "0 seconds"]


@pytest.mark.parametrize(
    "body",
    [
        # shared with nobody and given back, but the system keeps it
        "import mmap\nkept = []\nfor _ in range(8):\n    area = mmap.mmap(-1, 20 * 2**20)\n"
        "    area.write(b'x' * len(area))\n    area.madvise(mmap.MADV_DONTNEED)\n    kept.append(area)\n"
        "import time; time.sleep(50)",
        # in a child whose name is no text
        "import ctypes, os, time\nif os.fork() == 0:\n    ctypes.CDLL(None).prctl(15, b'\\xff\\xfe', 0, 0, 0)\n"
        "    taken = bytearray(b'x') * (650 * 2**20)\n    time.sleep(50)\ntime.sleep(50)",
        # in sockets that nobody reads
        "import socket, time\npairs = [socket.socketpair() for _ in range(200)]\ntime.sleep(50)",
    ],
    ids=["shared", "renamed", "sockets"],
)
@needs_root
def test_memory_that_hides_is_found(tmp_path, body):
    record = grade_small(tmp_path, [body], PATIENT, q=("x\nassert x is None",))
    assert any("MiB of" in note for note in record.notes), record.notes


def test_what_nobody_has_asked_for_costs_the_question_that_said_it(tmp_path):
    says = "import json, socket, struct, sys\ndef f():\n    end = socket.socket(fileno=int(sys.argv[-1]))\n"
    says += "    end.sendall(b'x' * 20)\n    end.detach()\n    return 1"
    record = grade_small(tmp_path, [says, "grader.check('a')", "b = 1"], a=("f\nassert f()",), b=("b\nassert b == 1",))
    assert passed(record)["b"] == [True], record.notes


def test_no_figure_of_a_hidden_test_is_told(tmp_path):
    takes = "import time\ndef f(x):\n    taken = bytearray(b'x') * ((600 + x) * 2**20)\n    time.sleep(50)"
    record = grade_small(tmp_path, [takes], PATIENT, q=("f\nassert f(77) == 77",))
    (case,) = record.cases["q"]
    assert not case.passed and case.shown == "a test of q used too much memory, 600 MiB are allowed"


def test_where_processes_cannot_be_listed_the_first_is_ended(monkeypatch):
    """As on macOS, which has no /proc."""
    monkeypatch.setattr("grading.isolation.watch._all_pids", lambda: [])
    sleeper = subprocess.Popen(["sleep", "60"], start_new_session=True)
    ProcessTree(sleeper.pid, None).end()
    assert sleeper.wait(5) == -9


def test_a_machine_that_starts_no_process_gives_no_points(tmp_path):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("a = 1")])
    (tmp_path / "files").mkdir()

    def dead(folder, control, calls, output):
        return subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"], start_new_session=True)

    runner = Supervisor(notebook, {"a": otter_test("a", "a\nassert a == 1")}, tmp_path / "files", QUICK, start=dead)
    with pytest.raises(RuntimeError, match="no process could be started for the notebook"):
        runner.grade()


@needs_root
def test_root_that_may_give_nothing_away_grades_with_its_own_user(tmp_path, monkeypatch):
    """As in a container without CAP_CHOWN."""

    def denied(*_):
        raise PermissionError("not permitted")

    monkeypatch.setattr(os, "chown", denied)
    record = grade_small(tmp_path, ["a = 1"], a=("a\nassert a == 1",))
    assert passed(record) == {"a": [True]}
    assert any("a user of its own" in protection for protection in record.refused)


def test_if_memory_runs_out_a_students_process_goes_first(tmp_path):
    cells = ["score = int(open('/proc/self/oom_score_adj').read())"]
    record = grade_small(tmp_path, cells, q=("score\nassert score == 1000, score",))
    assert passed(record) == {"q": [True]}, record.cases
