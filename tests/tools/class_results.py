"""Results of a made-up class in the form that grading writes, without grading it."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import nbformat

from grading import __version__
from grading.responses.feedback import feedback
from grading.responses.intake import Unreadable, read_answer
from grading.responses.marking import Marking, Outcome, mark
from grading.responses.rubric import load_rubric

ROOT = Path(__file__).resolve().parents[2]
_CASE = re.compile(
    r"@test_case\(points=([\d.]+), hidden=(True|False)(?:, \n    failure_message=\"([^\"]*)\")?\)\ndef (test_\w+)\("
)
_NOTES = {
    "endless_loop_in_a_cell": "cell {cell} took longer than 60 seconds",
    "memory_bomb": "cell {cell} used 4,321 MiB of memory, 4,096 MiB are allowed",
}
_ERRORS = {
    "broken": "{file} is not a notebook: its text is not valid JSON (Expecting value: line 1 column 1 (char 0))",
    "empty": "{file} has no code cells, so there is nothing to grade",
}


def result(student, made_from: str, assignment: str) -> dict:
    """The result of a student of `make_class`; times are drawn, all else is as grading would find it."""
    draw = random.Random(student.file)
    base = {"file": student.file, "student": student.name, "version": __version__, "made_from": made_from}
    base |= {"notes": [], "raised": [], "refused": {}}
    if student.kind in _ERRORS:
        error = _ERRORS[student.kind].format(file=student.file)
        return {**base, "assignment": None, "error": error, "seconds": 0.1, "questions": []}
    on = _on(student.attack) if student.attack else ""
    one = _theory if assignment == "theory" else _practical
    questions = [one(student, question, question == on, draw) for question in student.work]
    seconds = round(sum(question["seconds"] for question in questions) + 2, 1)
    note = _NOTES.get(student.attack, "").format(cell=2 + 3 * int(on[1:])) if assignment == "theory" and on else ""
    notes = [note] if note else []
    return {**base, "assignment": assignment, "error": None, "seconds": seconds, "notes": notes, "questions": questions}


@lru_cache
def _on(name: str) -> str:
    from attack_runs import attacks

    return next(attack.on for attack in attacks() if attack.name == name)


def _theory(student, question: str, attacked: bool, draw: random.Random) -> dict:
    name = f"q{int(question[1:]):02d}"
    rubric = load_rubric(name)
    work = "" if attacked else student.work[question]
    try:
        marking = mark(read_answer(work), rubric)
        unreadable = ""
    except Unreadable as error:
        marking, unreadable = mark("", rubric), f"Unreadable: {error}"
    any_of = rubric.full_marks < len(rubric.ideas)
    full = marking.points == rubric.full_marks
    cases = [_case("test_form", False, 0, not unreadable, unreadable)]
    for verdict in marking.verdicts:
        passed = verdict.outcome is Outcome.CREDITED or full
        kind = "".join(word.title() for word in verdict.outcome.value.split())
        kind = {"ForAMarker": "ForAMarker", "Contradicted": "Contradicted"}.get(kind, "NotRecognised")
        message = feedback(verdict) if verdict.outcome is Outcome.CREDITED else f"{kind}: {feedback(verdict)}"
        if full and verdict.outcome is not Outcome.CREDITED:
            message = "not needed: the answer has full marks already."
        cases.append(_case(verdict.idea, True, 0 if any_of else 1, passed, unreadable or message))
    for points in range(1, rubric.full_marks + 1) if any_of else ():
        passed = marking.points >= points
        message = "" if passed else f"NotRecognised: expected enough for {points} points, got {marking.points} so far."
        cases.append(_case(f"test_point_{points}", True, 1, passed, message))
    return {
        "name": question, "score": marking.points, "possible": rubric.full_marks,
        "seconds": round(draw.lognormvariate(-3, 0.3), 3), "work": work, "credited": list(marking.credited),
        "for_a_marker": _waiting(marking), "cases": cases,
    }  # fmt: skip


def _waiting(marking: Marking) -> dict[str, str]:
    return {verdict.idea: f"{verdict.why}." for verdict in marking.for_a_marker}


def _practical(student, question: str, attacked: bool, draw: random.Random) -> dict:
    given, stub = _cells()[question]
    work, fails = student.work[question], student.fails[question]
    cases = []
    for name, hidden, points, hint in _cases()[question]:
        failed = attacked or not work or name in fails
        message = (
            f"Hint: expected a result of {question}, got nothing." if not work or attacked else fails.get(name) or hint
        )
        cases.append(_case(name, hidden, points, not failed, message if failed else ""))
    return {
        "name": question, "score": sum(case["points"] for case in cases if case["passed"]),
        "possible": sum(case["points"] for case in cases), "seconds": round(draw.lognormvariate(0.8, 0.8), 3),
        "work": "\n\n".join(filter(None, [*given, work or stub])), "credited": [], "for_a_marker": {}, "cases": cases,
    }  # fmt: skip


def _case(name: str, hidden: bool, points: float, passed: bool, message: str) -> dict:
    return {"name": name, "hidden": hidden, "points": points, "passed": passed, "message": message}


@lru_cache(maxsize=1)
def _cases() -> Mapping[str, list[tuple[str, bool, float, str]]]:
    with zipfile.ZipFile(ROOT / "autograder" / "practical.zip") as archive:
        tests = {
            Path(n).stem: archive.read(n).decode() for n in archive.namelist() if re.fullmatch(r"tests/p\w+\.py", n)
        }
    return {
        question: [
            (name, hidden == "True", float(points), hint) for points, hidden, hint, name in _CASE.findall(source)
        ]
        for question, source in tests.items()
    }


@lru_cache(maxsize=1)
def _cells() -> Mapping[str, tuple[list[str], str]]:
    """Question -> the code cells that stand before its own, and its own as students get it."""
    found, before = {}, []
    for cell in nbformat.read(ROOT / "student" / "practical.ipynb", as_version=4).cells:
        if cell.cell_type != "code":
            continue
        if cell.id.endswith("-solution"):
            found[cell.id.removesuffix("-solution")] = before, cell.source
        before = [] if cell.id.startswith("check-") or cell.id.endswith("-solution") else [*before, cell.source]
    return found
