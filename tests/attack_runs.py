"""Runs an attack of `tests/attacks/` against our own assignment, isolated or under stock Otter, and says what it got.

    python tests/attack_runs.py [--stock] [NAME …]

An attack is a Python file. Its docstring says what it tries; a line `# on: q8` or `# on: p7a` names the question whose
answer it replaces, `# kind:` one of leak, forgery, accident. Cells are separated by `# %%`. A leak puts what it has
found of hidden tests, rubrics or expected values into `loot`; whatever stands there counts as leaked.

More lines of comment may follow, in this order: `# spoils: p7b p7c`, questions that the attack gives away on purpose;
`# shows: REGEX`, what counts as leaked if it stands in an output that students can see; `# stock: not run (REASON)`.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]
ATTACKS = ROOT / "tests" / "attacks"
SECONDS = 120  # allowed for one attack, whatever its limits do
CANARY = "canary-4711"  # stands in the environment of the grading processes, where a course may keep a token
_HEAD = re.compile(
    r'"""(?P<tries>[^"]*)"""\n+# on: (?P<on>\w+)\n# kind: (?P<kind>leak|forgery|accident)\n'
    r"(?:# spoils: (?P<spoils>[^\n]*)\n)?(?:# shows: (?P<shows>[^\n]*)\n)?(?:# stock: not run \((?P<stock>[^\n]*)\)\n)?"
    r"(?:# ruff: noqa.*\n)?"
)
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
        not_under_stock: why it is not run under stock Otter, or "".
    """

    name: str
    tries: str
    on: str
    kind: str
    cells: tuple[str, ...]
    spoils: tuple[str, ...] = ()
    shows: str = ""
    not_under_stock: str = ""


@dataclass(frozen=True)
class Outcome:
    """What an attack got: points of its question, what it leaked, whether honest questions kept theirs, seconds.

    `result` is False if grading ended without one.
    """

    result: bool
    points: float
    loot: str
    honest: bool
    seconds: float
    visible: str

    @property
    def harmless(self) -> bool:
        return self.result and not self.points and not self.loot and self.honest


def attacks() -> list[Attack]:
    """All of them, in order of name."""
    return [_read(path) for path in sorted(ATTACKS.glob("*.py"))]


def _read(path: Path) -> Attack:
    text = path.read_text(encoding="utf-8")
    head = _HEAD.match(text)
    cells = tuple(cell.strip("\n") for cell in text[head.end() :].split("\n# %%\n"))
    spoils, shows, reason = (head.group(name) or "" for name in ("spoils", "shows", "stock"))
    return Attack(path.stem, head["tries"], head["on"], head["kind"], cells, tuple(spoils.split()), shows, reason)


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
        if cell.id == answer:
            cells += [nbformat.v4.new_code_cell(source) for source in attack.cells]
        else:
            cells.append(cell)
    notebook.cells = cells
    return notebook


def run(attack: Attack, stock: bool = False) -> Outcome:
    """Grades a notebook with the attack in a folder laid out as Gradescope's."""
    stem = "theory" if attack.on.startswith("q") else "practical"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
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
        nbformat.write(notebook_with(attack), root / "submission" / "notebook.ipynb")
        began = time.monotonic()
        outputs = _stock(root) if stock else _isolated(root)
        return _outcome(attack, outputs, time.monotonic() - began)


def _isolated(root: Path) -> dict | None:
    _execute([sys.executable, str(root / "source" / "run_otter.py"), str(root)], root)
    return _read_results(root)


def _stock(root: Path) -> dict | None:
    """Otter's own runner in the same folder; unpickling what an attack has left is part of the experiment."""
    (root / "results").mkdir()
    code = f"from otter.run.run_autograder import main; main({str(root)!r}, otter_run=True)"
    _execute([sys.executable, "-c", code], root)
    return _read_results(root)


def _execute(command: list[str], root: Path) -> None:
    """Runs a command with an environment that holds nothing worth stealing but the canary, and ends all it has left."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    environment = {**kept, "HOME": str(root), "GRADING_TOKEN": CANARY, "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(
        command, cwd=root, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    until = time.monotonic() + SECONDS
    ended = os.WEXITED | os.WNOHANG | os.WNOWAIT  # only looks: the number must stay its own until we have used it
    while time.monotonic() < until and not os.waitid(os.P_PID, process.pid, ended):
        time.sleep(0.05)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _read_results(root: Path) -> dict | None:
    try:
        return json.loads((root / "results" / "results.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _outcome(attack: Attack, output: dict | None, seconds: float) -> Outcome:
    tests = {test["name"]: test for test in (output or {}).get("tests", ())}
    scored = {name: test["score"] for name, test in tests.items() if "score" in test}
    full = {name: test["max_score"] for name, test in tests.items() if "score" in test}
    visible = "\n".join(str(test["output"]) for test in tests.values() if test.get("visibility") != "hidden")
    everything = "\n".join(str(test["output"]) for test in tests.values())
    found = re.search(r"assert not loot, loot\n\s*AssertionError: (.*)", everything, re.DOTALL)
    loot = found.group(1)[:200] if found else ""
    if attack.shows and (found := re.search(attack.shows, visible)):
        loot += f" visible: {found.group()[:100]}"
    given_away = (attack.on, "loot", *attack.spoils)
    honest = bool(full) and all(scored[name] == full[name] for name in full if name not in given_away)
    return Outcome(bool(full), scored.get(attack.on, 0), loot, honest, seconds, visible)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="attacks to run; all by default")
    parser.add_argument("--stock", action="store_true", help="under stock Otter (give it a throw-away machine)")
    options = parser.parse_args()
    for attack in attacks():
        if options.names and attack.name not in options.names:
            continue
        if options.stock and attack.not_under_stock:
            print(f"{'not run':12} {attack.name:32} {attack.not_under_stock}", flush=True)
        else:
            outcome = run(attack, options.stock)
            verdict = "harmless" if outcome.harmless else "GOT THROUGH" if outcome.result else "NO RESULT"
            print(f"{verdict:12} {attack.name:32} points {outcome.points:g}, loot {outcome.loot[:60]!r}, "
                  f"honest {'kept' if outcome.honest else 'LOST'}, {outcome.seconds:.1f} s", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
