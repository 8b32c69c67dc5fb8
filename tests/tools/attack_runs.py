"""Runs an attack of `tests/attacks/` against our own assignment, isolated or under stock Otter, and says what it got.

    python tests/tools/attack_runs.py [--stock] [--to RESULTS.jsonl] [NAME …]
    python tests/tools/attack_runs.py --table RESULTS.jsonl

Under stock Otter, every attack runs on a machine to throw away (throwaway.py), and where there can be none, it refuses.
With `--to`, outcomes are added to a file, and those that stand there are not made again. The table compares both.

An attack is a Python file. Its docstring says what it tries; a line `# on: q8` or `# on: p7a` names the question whose
answer it replaces, `# kind:` one of leak, forgery, accident. Cells are separated by `# %%`. A leak puts what it has
found of hidden tests, rubrics or expected values into `loot`; whatever stands there counts as leaked.

More lines of comment may follow, in this order: `# spoils: p7b p7c`, questions that the attack gives away on purpose;
`# shows: REGEX`, what counts as leaked if it stands in an output that students can see.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import nbformat
import throwaway

ROOT = Path(__file__).resolve().parents[2]
ATTACKS = ROOT / "tests" / "attacks"
SECONDS = 120  # allowed for one attack, whatever its limits do
STOCK_SECONDS = 45  # stock Otter has no limits; without an attack it needs 5 to 10
CANARY = "canary-4711"  # stands in the environment of the grading processes, where a course may keep a token
_HEAD = re.compile(
    r'"""(?P<tries>[^"]*)"""\n+# on: (?P<on>\w+)\n# kind: (?P<kind>leak|forgery|accident)\n'
    r"(?:# spoils: (?P<spoils>[^\n]*)\n)?(?:# shows: (?P<shows>[^\n]*)\n)?"
    r"(?:# ruff: noqa.*\n)?"
)
_LIBRARIES_MIB = 1_000  # of the practical; a notebook that imports them uses as much
_LOOT = """from otter.test_files import test_case

OK_FORMAT = False

name = "loot"
points = None

@test_case(points=0, hidden=False)
def test_loot(loot):
    assert not loot, loot
"""


@dataclass(frozen=True)
class Attack:
    """One file.

    Attributes:
        name: of the file, without its ending.
        tries: what it tries.
        on: the question whose answer it replaces.
        kind: leak, forgery or accident.
        cells: what stands in place of the answer.
        spoils: other questions that it gives away on purpose.
        shows: a pattern of what must not stand in any output that students can see, or "".
    """

    name: str
    tries: str
    on: str
    kind: str
    cells: tuple[str, ...]
    spoils: tuple[str, ...] = ()
    shows: str = ""


@dataclass(frozen=True)
class Outcome:
    """What an attack got: points of its question, what it leaked, whether honest questions kept theirs, seconds.

    `result` is False if grading ended without one; `ended` says why we had to end it, `errors` what its cells raised
    under stock Otter, `lost` what was said of honest questions that lost points.
    """

    result: bool
    points: float
    loot: str
    honest: bool
    seconds: float
    visible: str = ""
    ended: str = ""
    errors: tuple[str, ...] = ()
    lost: str = ""

    @property
    def verdict(self) -> str:
        """Who won: the attack by a point or by what it saw, by what others lost, or nothing."""
        if self.points or self.loot:
            return "fooled"
        return "resisted" if self.result and self.honest else "lost"

    @property
    def why(self) -> str:
        """The verdict in a few words."""
        if self.verdict == "fooled":
            gained = [f"{self.points:g} points" if self.points != 1 else "1 point"] if self.points else []
            return " and ".join([*gained, *(["saw what is hidden"] if self.loot else [])])
        if self.verdict == "lost":
            return "honest questions lost points" if self.result else f"no result{self.ended and f': {self.ended}'}"
        return self.errors[0][:80] if self.errors else ""


# Honest answers: what the others are compared with.
NOTHING = [Attack(f"nothing_on_{on}", "Nothing.", on, "accident", ()) for on in ("q8", "p7a")]
VERDICTS = ("fooled", "lost", "resisted")
_RESISTED = {"leak": "finds nothing", "forgery": "gains nothing", "accident": "costs its own question at most"}


def attacks() -> list[Attack]:
    """All of them, in order of name."""
    return [_read(path) for path in sorted(ATTACKS.glob("*.py"))]


def _read(path: Path) -> Attack:
    text = path.read_text(encoding="utf-8")
    head = _HEAD.match(text)
    cells = tuple(cell.strip("\n") for cell in text[head.end() :].split("\n# %%\n"))
    spoils, shows = (head.group(name) or "" for name in ("spoils", "shows"))
    return Attack(path.stem, head["tries"], head["on"], head["kind"], cells, tuple(spoils.split()), shows)


def notebook_with(attack: Attack) -> nbformat.NotebookNode:
    """The solved notebook of the theory, or of practical 7, with the attack in place of one answer."""
    stem = "theory" if attack.on.startswith("q") else "practical"
    notebook = nbformat.read(ROOT / "solutions" / f"{stem}.ipynb", as_version=4)
    kept = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if stem == "practical":
        wanted = ("otter-", "setup", "p7-data", "p7a", "p7b", "p7c", "p7d", "check-p7")
        kept = [cell for cell in kept if cell.id.startswith(wanted)]
    answer = f"{attack.on}-answer" if stem == "theory" else f"{attack.on}-solution"
    cells = []
    for cell in kept:
        cell.outputs = []
        if cell.id == answer and attack.cells:
            cells += [nbformat.v4.new_code_cell(source, id=f"attack-{n}") for n, source in enumerate(attack.cells)]
        else:
            cells.append(cell)
    notebook.cells = cells
    return notebook


def run(attack: Attack, isolated: Callable[[Path], dict | None] | None = None) -> Outcome:
    """Grades a notebook with the attack, isolated, in a folder laid out as Gradescope's.

    Args:
        attack: what stands in place of an answer.
        isolated: grades the folder and returns results.json; the zip's own run_otter.py, if not given.
    """
    with tempfile.TemporaryDirectory() as folder:
        return _run_in(Path(folder), attack, isolated or _isolated)


def run_under_stock(attack: Attack) -> Outcome:
    """The same with Otter's own runner, on a machine to throw away."""
    began = time.monotonic()
    command = [sys.executable, str(Path(__file__).resolve()), "--here", attack.name]
    output, ended = throwaway.run(command, STOCK_SECONDS)
    if ended:
        return Outcome(False, 0, "", False, time.monotonic() - began, ended=ended)
    return Outcome(**json.loads(output))  # no attack can end what prints this: it is the first process there


def _run_in(root: Path, attack: Attack, grade: Callable[[Path], dict | None]) -> Outcome:
    stem = "theory" if attack.on.startswith("q") else "practical"
    with zipfile.ZipFile(ROOT / "autograder" / f"{stem}.zip") as archive:
        archive.extractall(root / "source")
    settings = root / "source" / "otter_config.json"
    quick = {"cell_seconds": 10, "test_seconds": 5, "grace_seconds": 1, "memory_mib": 700, "file_mib": 20}
    settings.write_text(json.dumps({**json.loads(settings.read_text()), "limits": quick}))
    if stem == "practical":
        for path in (root / "source" / "tests").glob("*.py"):
            if not path.name.startswith("p7"):
                path.unlink()
    (root / "source" / "tests" / "loot.py").write_text(_LOOT)
    (root / "submission").mkdir()
    nbformat.write(notebook_with(attack), root / "submission" / f"{stem}.ipynb")  # the name its cells expect
    began = time.monotonic()
    output = grade(root)
    return _outcome(attack, output, time.monotonic() - began)


def _isolated(root: Path) -> dict | None:
    _execute([sys.executable, str(root / "source" / "run_otter.py"), str(root)], root)
    return _read_results(root)


# As run_otter.py, but the student's process comes from a nursery, whose libraries count as used memory.
_FORK = f"""
import sys
from pathlib import Path
root = Path(sys.argv[1])
sys.path.insert(0, str(root / "source" / "files"))
from grading.isolation import autograder, imports, limits, nursery
grade, settings = autograder.grade, autograder.read_settings
students = nursery.Nursery(imports.of_the_notebook(root / "source" / "files"))
if students.refused:
    sys.exit(students.refused)
def with_room(source):
    found = settings(source)
    found["limits"]["memory_mib"] += {_LIBRARIES_MIB} if imports.of_the_notebook(source / "files") else 0
    return found
autograder.read_settings = with_room
autograder.grade = lambda *arguments: grade(*arguments, start=students.start)
autograder.main(root)
students.close()
"""


def from_nursery(root: Path) -> dict | None:
    """Forks the student's process, as when a class is graded, instead of starting it from scratch."""
    _execute([sys.executable, "-c", _FORK, str(root)], root)
    return _read_results(root)


# As run_otter.py, again and again: forked from a process that has read Otter, the checker and the rubrics already.
_AGAIN = f"""
import os, signal, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from grading.isolation import autograder, judge, results
import dill
if Path(sys.argv[1], "assignment", "rubrics").exists():
    from grading.responses import rubric
    for name in rubric.rubric_names():
        rubric.load_rubric(name)
for line in sys.stdin:
    root = line.rstrip()
    pid = os.fork()
    if not pid:
        os.setsid()
        os.chdir(root)
        os.environ["HOME"] = root
        autograder.main(Path(root))
        os._exit(0)
    until = time.monotonic() + {SECONDS}
    while time.monotonic() < until and not os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        time.sleep(0.02)
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    os.waitpid(pid, 0)
    os.write(3, b".")
"""


class Warm:
    """Grades one folder after the other with the code of a zip, as `_isolated` does, without reading it every time."""

    def __init__(self, stem: str):
        self._folder = tempfile.TemporaryDirectory()
        with zipfile.ZipFile(ROOT / "autograder" / f"{stem}.zip") as archive:
            archive.extractall(self._folder.name)
        self._done, done = os.pipe()
        script = f"import os; os.dup2({done}, 3); os.set_inheritable(3, False)\n{_AGAIN}"
        self._process = subprocess.Popen(
            [sys.executable, "-c", script, f"{self._folder.name}/files"], env=_environment(Path(self._folder.name)),
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, pass_fds=(done,),
        )  # fmt: skip
        os.close(done)

    def __call__(self, root: Path) -> dict | None:
        self._process.stdin.write(f"{root}\n".encode())
        self._process.stdin.flush()
        if not os.read(self._done, 1):
            raise RuntimeError("what grades the attacks has ended")
        return _read_results(root)

    def close(self) -> None:
        """Ends it."""
        self._process.kill()
        self._process.wait()
        self._process.stdin.close()
        os.close(self._done)
        self._folder.cleanup()


# Otter's own runner; what the cells raised is noted on the way, because Otter keeps it from everybody.
_STOCK = """
import json, sys
from nbconvert.preprocessors import ExecutePreprocessor
from otter.run.run_autograder import main
execute = ExecutePreprocessor.preprocess
def noting(self, *arguments, **options):
    notebook, resources = execute(self, *arguments, **options)
    errors = [f"{output.ename}: {output.evalue}" for cell in notebook.cells if cell.get("id", "").startswith("attack")
              for output in cell.get("outputs", ()) if output.output_type == "error"]
    open(sys.argv[2], "w").write(json.dumps(errors))
    return notebook, resources
ExecutePreprocessor.preprocess = noting
main(sys.argv[1], otter_run=True)
"""


def _stock(root: Path) -> dict | None:
    """Stock Otter in the same folder; unpickling what an attack has left is part of the experiment."""
    (root / "results").mkdir()
    command = [sys.executable, "-c", _STOCK, str(root), str(root / "errors.json")]
    _execute(command, root, seconds=math.inf)  # the machine has a limit
    return _read_results(root)


def _here(attack: Attack) -> Outcome:
    """Under stock Otter right here, on a machine to throw away: nothing is tidied up."""
    root = Path(tempfile.mkdtemp())
    outcome = _run_in(root, attack, _stock)
    with contextlib.suppress(OSError, ValueError):
        errors = json.loads((root / "errors.json").read_text(encoding="utf-8"))
        outcome = replace(outcome, errors=tuple(error[:200] for error in errors))
    return outcome


def _execute(command: list[str], root: Path, seconds: float = SECONDS) -> None:
    """Runs a command with an environment that holds nothing worth stealing but the canary, and ends all it has left."""
    process = subprocess.Popen(
        command, cwd=root, env=_environment(root), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    until = time.monotonic() + seconds
    ended = os.WEXITED | os.WNOHANG | os.WNOWAIT  # only looks: the number must stay its own until we have used it
    while time.monotonic() < until and not os.waitid(os.P_PID, process.pid, ended):
        time.sleep(0.05)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _environment(home: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "HOME": str(home), "GRADING_TOKEN": CANARY, "PYTHONDONTWRITEBYTECODE": "1"}


def _read_results(root: Path) -> dict | None:
    try:
        return json.loads((root / "results" / "results.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _outcome(attack: Attack, output: dict | None, seconds: float) -> Outcome:
    listed = [test for test in (output or {}).get("tests", ()) if isinstance(test, dict)]  # may be forged under stock
    tests = {test.get("name"): test for test in listed}
    scored = {name: test["score"] for name, test in tests.items() if "score" in test}
    full = {name: test.get("max_score") for name, test in tests.items() if "score" in test}
    visible = "\n".join(str(test.get("output")) for test in listed if test.get("visibility") != "hidden")
    everything = "\n".join(str(test.get("output")) for test in listed)
    found = re.search(r"assert not loot, loot\n\s*AssertionError: (.*)", everything, re.DOTALL)
    loot = found.group(1)[:200] if found else ""
    if attack.shows and (found := re.search(attack.shows, visible)):
        loot += f" visible: {found.group()[:100]}"
    given_away = (attack.on, "loot", *attack.spoils)
    lost = [f"{n}: {tests[n].get('output')}" for n in full if n not in given_away and scored[n] != full[n]]
    honest = bool(full) and not lost
    return Outcome(bool(full), scored.get(attack.on, 0), loot, honest, seconds, visible, lost="\n".join(lost))


def table(lines: list[dict]) -> str:
    """Markdown: for every attack what it tries, and what became of it under stock Otter and isolated."""
    kinds = {attack.name: attack.kind for attack in attacks()}
    lines = [line for line in lines if line["name"] in kinds]
    became = {
        (line["name"], line["under"]): f"{line['verdict']}: {_in_words(line, kinds[line['name']])}" for line in lines
    }
    rows = ["| attack | what it tries | stock Otter | isolated |", "| --- | --- | --- | --- |"]
    for attack in attacks():
        stock, ours = (became.get((attack.name, under), "–") for under in ("stock", "isolated"))
        cells = (f"`{attack.name}`", " ".join(attack.tries.split()), stock, ours)
        rows.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    for under in ("stock", "isolated"):
        count = Counter(line["verdict"] for line in lines if line["under"] == under)
        rows.append(f"\n{under}: " + ", ".join(f"{count[verdict]} {verdict}" for verdict in VERDICTS))
    return "\n".join(rows)


def _in_words(line: dict, kind: str) -> str:
    if line["verdict"] == "fooled" and kind == "accident":  # the right answer in it is how it says that it could go on
        return "nothing stopped it"
    return line["why"] or _RESISTED[kind]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="attacks to run; all by default")
    parser.add_argument("--stock", action="store_true", help="under stock Otter, on a machine to throw away")
    parser.add_argument("--to", type=Path, metavar="RESULTS.jsonl", help="add outcomes here; go on after a break")
    parser.add_argument("--table", type=Path, metavar="RESULTS.jsonl", help="print what stands there as Markdown")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)  # what run_under_stock starts
    options = parser.parse_args()
    known = {attack.name: attack for attack in [*attacks(), *NOTHING]}
    if unknown := set(options.names) - known.keys():
        parser.error(f"there is no attack named {', '.join(sorted(unknown))}")
    if options.table:
        print(table(_lines(options.table)))
    elif options.here and os.getpid() != 1:
        parser.error("this is for the first process of a machine to throw away")
    elif options.here:
        print(json.dumps(asdict(_here(known[options.names[0]]))), flush=True)
        os._exit(0)
    else:
        _run_all([known[name] for name in options.names] or attacks(), options.stock, options.to)


def _run_all(chosen: list[Attack], stock: bool, to: Path | None) -> None:
    if stock:
        if reason := throwaway.why_not():
            sys.exit(f"there can be no machine to throw away here: {reason}")
        for attack in NOTHING:  # if the machine itself cost points, every attack would look like a success
            if (outcome := run_under_stock(attack)).points == 0 or not outcome.honest:
                sys.exit(f"stock Otter does not work there: {outcome.ended or outcome.errors}")
    under = "stock" if stock else "isolated"
    done = {line["name"] for line in _lines(to) if line["under"] == under} if to and to.exists() else set()
    for attack in chosen:
        if attack.name in done:
            continue
        try:
            outcome = run_under_stock(attack) if stock else run(attack)
        except ValueError:  # something of ours, such as a zip that is just being built
            print(f"{'not run':9} {attack.name}", flush=True)
            continue
        print(f"{outcome.verdict:9} {attack.name:40} {outcome.seconds:3.0f} s  {outcome.why}", flush=True)
        if to:
            line = {"name": attack.name, "under": under, "verdict": outcome.verdict, "why": outcome.why}
            with to.open("a", encoding="utf-8") as file:
                file.write(json.dumps({**line, **asdict(outcome), "visible": ""}) + "\n")


def _lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
