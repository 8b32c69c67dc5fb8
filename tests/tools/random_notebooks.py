"""Notebooks made at random, graded isolated: none may crash the supervisor or the judge, and each gets a result.

    python tests/tools/random_notebooks.py [NUMBER] [--first SEED] [--keep FOLDER]

Notebook number N comes from the seed N alone. Its cells hold valid and broken code, magics, odd characters, odd checks,
values and functions of every kind under the names that tests ask for, exceptions, output, and now and then something
lethal; its metadata hold anything. Between them stand two honest cells, `control` and its check, which must earn their
point whatever the others do. A hidden test's inputs contain SECRET, which must not appear where students can see.
"""

from __future__ import annotations

import argparse
import base64
import json
import math
import os
import random
import re
import shutil
import sys
import tempfile
import time
import traceback
import unicodedata
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from random_cells import cell

ROOT = Path(__file__).resolve().parents[2]
SECRET = "marigold-731-thimble"
NUMBER = 731_990_017  # the same for tests that pass numbers
_FORMS = (SECRET, SECRET[::-1], SECRET.encode().hex(), base64.b64encode(SECRET.encode()).decode()[:24], str(NUMBER))
# Parts of a traceback of ours, or of the folders that only we know.
_OURS = re.compile(r"Traceback \(most recent|/isolation/|\bgrading\.|File \"[^\"]*\", line", re.IGNORECASE)
LIMITS = {"cell_seconds": 4, "test_seconds": 4, "total_seconds": 60, "grace_seconds": 0.5, "memory_mib": 700,
          "file_mib": 5, "output_mib": 1}  # fmt: skip
_HIDDEN = f'SECRET, NUMBER = "{SECRET}", {NUMBER}\n'
# question -> its cases: (hidden?, parameters, body). The names are those that random_cells gives values to.
_TESTS = {
    "value": (
        (False, "value", "assert value == 3, f'expected 3, got {value!r}'"),
        (False, "value", "assert np.allclose(value, [1, 2]), str(value)[:100]"),
        (True, "value", "assert [item for item in value] == [SECRET], len(value)"),
        (True, "value", "assert isinstance(value, str) and SECRET in value"),
    ),
    "function": (
        (False, "function", "assert function(2) == 4, f'for 2 expected 4, got {function(2)}'"),
        (False, "function, value", "assert function(value) is None, function(value)"),
        (True, "function", "assert function(SECRET) == SECRET, function(SECRET)"),
        (True, "function", "result, (after,) = function.call_with_arguments([SECRET])\nassert after == [SECRET]"),
        (True, "function", "assert function(lambda *given: SECRET) == SECRET"),
        (True, "function", "assert function(NUMBER, key=SECRET)[SECRET] > NUMBER"),
    ),
    "thing": (
        (False, "thing", "assert thing.size == 3 and len(thing) == 3, f'{thing} has {thing.size}'"),
        (False, "thing", "assert 1 in thing and [x for _, x in zip(range(9), thing)] == [1, 2, 3], thing"),
        (True, "thing", "thing.size = SECRET\nassert thing.size == SECRET, thing.size"),
        (True, "thing", "thing[SECRET] = thing\nassert thing[SECRET].run(thing, key=[NUMBER]) == NUMBER, thing"),
        (True, "thing, function", "assert function(thing) == thing.run(function), str(thing)"),
    ),
    "answer": (
        (False, "answer", "expect.array('answer', answer, shape=(2, None), low=0)"),
        (False, "answer", "expect.value('answer', answer, {'a': [1, 2.5]})"),
        (False, "answer", "expect.items('answer', answer, 3)\nexpect.entries('answer', answer, ['a'])"),
        (True, "answer", "expect.text('answer', answer)\nexpect.number('answer', answer, 0, 1)"),
        (True, "function", "expect.array('it', expect.result('it', function, [NUMBER]), equals=[[NUMBER]])"),
        (True, "function", "expect.raises(ValueError, 'it', function, SECRET)"),
    ),
    "fence": ((True, "", "assert NUMBER"),),  # ends the part of the notebook that can drag the control along
    "control": (
        (False, "control", "assert control(2) == 5"),
        (True, "control", "assert control(NUMBER) == 2 * NUMBER + 1"),
    ),
}  # fmt: skip
POSSIBLE = sum(len(cases) for cases in _TESTS.values())
_CONTROL = ('grader.check("fence")', "def control(n):\n    return 2 * n + 1", 'grader.check("control")')


@dataclass(frozen=True)
class Outcome:
    """What came of one notebook: its time, what is wrong with the result, what kind it is, what limits were hit."""

    seed: int
    seconds: float
    complaints: list[str]
    kind: str
    notes: list[str]


def notebook(seed: int) -> bytes:
    """The text of a notebook; a few are such that they may be refused."""
    rng = random.Random(seed)
    refusable = rng.random() < 0.15
    sources = [cell(rng) for _ in range(rng.randint(3, 18))]
    at = rng.randint(0, len(sources))
    sources[at:at] = _CONTROL
    cells: list[Any] = [_cell(rng, source, source in _CONTROL, refusable) for source in sources]
    data: dict[str, Any] = {"nbformat": 4, "nbformat_minor": 5, "metadata": _metadata(rng, refusable), "cells": cells}
    if refusable and rng.random() < 0.5:
        wrong = [_anything(rng), [], {}, None, "4", 3, 99, -1, [*cells, _anything(rng)]]
        data[rng.choice(list(data))] = rng.choice(wrong)
    text = json.dumps(data, ensure_ascii=rng.random() < 0.5)
    if refusable and rng.random() < 0.1:
        text = text[: rng.randrange(len(text))]
    return text.encode("utf-8", rng.choice(("surrogatepass", "replace")))


def _cell(rng: random.Random, source: str, honest: bool, refusable: bool) -> dict[str, Any]:
    made: dict[str, Any] = {
        "cell_type": "code", "id": f"{rng.getrandbits(64):x}", "metadata": {}, "source": source,
        "execution_count": None, "outputs": [],
    }  # fmt: skip
    if honest:
        return made
    made["metadata"] = _metadata(rng, refusable) if rng.random() < 0.3 else {}
    if rng.random() < 0.1:
        made["source"] = source.splitlines(keepends=True)
    if rng.random() < 0.05:
        made["cell_type"] = rng.choice(["markdown", "raw"])
        del made["outputs"], made["execution_count"]
    elif rng.random() < 0.05:
        made["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "control results: All passed!"}]
    if rng.random() < 0.05:
        made["id"] = rng.choice(["same", "x" * 64, "control"])
    if refusable and rng.random() < 0.05:
        made[rng.choice(list(made))] = _anything(rng)
    return made


def _metadata(rng: random.Random, refusable: bool) -> dict[str, Any]:
    made: dict[str, Any] = {}
    names = ("tags", "kernelspec", "language_info", "name", "collapsed", "editable", "jupyter", "authors", "title")
    for name in ("otter", "points", "seed", "limits", "nbgrader", *(names if refusable else ())):
        if rng.random() < 0.15:
            made[name] = _anything(rng)
    if rng.random() < 0.3:
        named = ["value", "thing", "nothing", "../value", "value\n", 5, None, ["value"], {"tests": "value"}, "x" * 9999]
        made["otter"] = rng.choice([{"tests": rng.sample(named, 3)}, {"ignore": _anything(rng)}, {"tests": "value"}])
    if rng.random() < 0.1:
        made["tags"] = rng.choice([["otter_ignore"], ["otter_ignore", "x"], [], ["é"]])
    return made


def _anything(rng: random.Random, depth: int = 3) -> Any:
    """JSON data."""
    if depth and rng.random() < 0.4:
        items = [_anything(rng, depth - 1) for _ in range(rng.randint(0, 4))]
        return rng.choice([items, {str(item)[:20]: item for item in items}])
    return rng.choice([None, True, 0, -1, 10**30, 1.5, float("nan"), "", "x", "\ud800", "\x00\x1b[2J", "é" * 5000])


def assignment(folder: Path) -> None:
    """Lays out a folder as Gradescope's, with the small assignment in it."""
    (folder / "source" / "tests").mkdir(parents=True)
    (folder / "source" / "files").mkdir()
    (folder / "submission").mkdir()
    for name in ("expect.py", "checks.py"):
        shutil.copy(ROOT / "assignment" / name, folder / "source" / "files")
    settings = {"show_hidden": True, "limits": LIMITS}
    (folder / "source" / "otter_config.json").write_text(json.dumps(settings), encoding="utf-8")
    for name, cases in _TESTS.items():
        text = f"from otter.test_files import test_case\nimport numpy as np\nOK_FORMAT = False\n{_HIDDEN}"
        text += f'name = "{name}"\npoints = None\n'
        for number, (hidden, parameters, body) in enumerate(cases):
            text += f'\n@test_case(points=1, hidden={hidden}, failure_message="Think of {name}?")\n'
            body = "import expect\n" * ("expect." in body) + body
            text += f"def test_{number}({parameters}):\n    " + body.replace("\n", "\n    ") + "\n"
        (folder / "source" / "tests" / f"{name}.py").write_text(text, encoding="utf-8")


def grade(seed: int, keep: Path | None = None) -> Outcome:
    """Grades one notebook in this process, and looks at what came of it."""
    from grading.isolation import autograder

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        assignment(root)
        (root / "submission" / "random.ipynb").write_bytes(notebook(seed))
        _note_crashes_of_the_judge(root / "judge.txt")
        began = time.monotonic()
        try:
            autograder.main(root)
            kind, complaints, notes = _judged(root)
        except BaseException:
            kind, complaints, notes = "crashed", [f"the supervisor crashed: {traceback.format_exc()}"], []
        if (root / "judge.txt").exists():
            complaints.append(f"the judge crashed: {(root / 'judge.txt').read_text()}")
        if keep and complaints:
            shutil.copytree(root, keep / str(seed), dirs_exist_ok=True)
        return Outcome(seed, time.monotonic() - began, complaints, kind, notes)


def _note_crashes_of_the_judge(to: Path) -> None:
    """The judge is forked from this process; what ends it other than its own exit is written down."""
    from grading.isolation import judge

    run = judge.run.args[0] if isinstance(judge.run, partial) else judge.run
    judge.run = partial(_noting, run, to)


def _noting(run: Any, to: Path, *arguments: Any, **options: Any) -> None:
    try:
        run(*arguments, **options)
    except BaseException:
        to.write_text(traceback.format_exc(), encoding="utf-8")
        raise


def _judged(root: Path) -> tuple[str, list[str], list[str]]:
    """What kind of result there is, what is wrong with it, and which limits were hit."""
    path = root / "results" / "results.json"
    if not path.exists():
        return "nothing", ["there is no result"], []
    output = json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_number)
    tests = output["tests"]
    visible = "\n".join(test["output"] for test in tests if test["visibility"] != "hidden")
    wrong = [*_wrong_shape(tests), *_wrong_words(visible)]
    if tests[0]["name"] == "Not graded":
        if len(tests) > 1:
            wrong.append(f"a mistake of ours: {tests[1]['output']}")
        return "refused", wrong, []
    scores = {test["name"]: test["score"] for test in tests if "score" in test}
    possible = {test["name"]: test["max_score"] for test in tests if "score" in test}
    record = json.loads((root / "results" / "record.json").read_text(encoding="utf-8"))
    if scores.keys() != _TESTS.keys() or sum(possible.values()) != POSSIBLE:
        wrong.append(f"other questions: {possible}")
    if not 0 <= output.get("score", sum(scores.values())) <= POSSIBLE:
        wrong.append(f"{sum(scores.values())} points")
    if scores.get("control") != possible.get("control"):
        wrong.append(f"the control lost its points: {[q for q in record['questions'] if q['name'] == 'control']}, "
                     f"{record['notes']}")  # fmt: skip
    return "with losses" if record["notes"] else "plain", wrong, record["notes"]


def _wrong_shape(tests: list[Any]) -> Iterator[str]:
    for test in tests:
        if not isinstance(test["name"], str) or not isinstance(test["output"], str):
            yield f"no texts: {test}"
        if test["visibility"] not in ("visible", "hidden", "after_due_date", "after_published"):
            yield f"visibility {test['visibility']}"
        if not 0 <= test.get("score", 0) <= test.get("max_score", 0) or not math.isfinite(test.get("max_score", 0)):
            yield f"points {test.get('score')} of {test.get('max_score')}"


def _wrong_words(visible: str) -> Iterator[str]:
    if found := _OURS.search(visible):
        yield f"a traceback that students see: {visible[max(found.start() - 200, 0) : found.end() + 300]!r}"
    if found := next((form for form in _FORMS if form in visible), None):
        yield f"the secret where students see it: {visible[max(visible.index(found) - 300, 0) :][:600]!r}"
    if odd := {c for c in visible if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"}:
        yield f"control characters where students see them: {odd}"


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def run(seeds: range, at_once: int | None = None, keep: Path | None = None) -> Iterator[Outcome]:
    """Grades notebooks, a few at a time, each in a process that grades many, as a worker of a course would."""
    with ProcessPoolExecutor(at_once or os.cpu_count()) as pool:
        yield from pool.map(partial(grade, keep=keep), seeds)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", nargs="?", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, metavar="SEED")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where to put what was wrong")
    options = parser.parse_args()
    began, outcomes = time.monotonic(), []
    for outcome in run(range(options.first, options.first + options.number), keep=options.keep):
        outcomes.append(outcome)
        for complaint in outcome.complaints:
            print(f"notebook {outcome.seed}: {complaint}", flush=True)
    kinds = Counter(outcome.kind for outcome in outcomes)
    seconds = sorted(outcome.seconds for outcome in outcomes)
    print(f"{len(outcomes)} notebooks in {time.monotonic() - began:.0f} s (median {seconds[len(seconds) // 2]:.1f} s, "
          f"longest {seconds[-1]:.1f} s): {', '.join(f'{count} {kind}' for kind, count in kinds.most_common())}; "
          f"{sum(bool(outcome.complaints) for outcome in outcomes)} with something wrong")  # fmt: skip
    sys.exit(any(outcome.complaints for outcome in outcomes))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
