"""From the supervisor's record to Otter's results and to what people read on Gradescope."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from otter.run.run_autograder.autograder_config import AutograderConfig
from otter.test_files import GradingResults
from otter.test_files.abstract_test import TestCase, TestCaseResult

from .judge import test_file
from .supervisor import CaseOutcome, Record

FOR_A_MARKER = re.compile(r"(?:^|\n)(?:ForAMarker: )?a person will look at idea (\w+): (.*)", re.DOTALL)
SETTING = "show_hidden_when"  # the key in otter_config.json
WHEN = {
    "after_published": "here when grades are published",
    "after_due_date": "here after the due date",
    "visible": "below",
}
_LONGEST = 90_000  # characters of all outputs together; Gradescope cuts at 100,000
_ENOUGH = 1_000  # characters that are kept for every later entry; there are 33 at most

_Case = tuple[TestCase, CaseOutcome]


def grading_results(record: Record, tests: Mapping[str, str]) -> GradingResults:
    """Otter's own results, with the messages that students may see."""
    files = []
    for name, outcomes in record.cases.items():
        file = test_file(name, tests[name])
        file.test_case_results = [
            TestCaseResult(test_case=case, message=_as_otter_says(outcome), passed=outcome.passed)
            for case, outcome in zip(file.test_cases, outcomes)
        ]
        files.append(file)
    return GradingResults(files)


def _as_otter_says(outcome: CaseOutcome) -> str:
    if outcome.passed:
        return "✅ Test case passed"
    return f"❌ Test case failed\n{outcome.place}{outcome.shown}".strip()


def for_gradescope(
    record: Record, results: GradingResults, config: AutograderConfig, when: str = "after_published"
) -> dict[str, Any]:
    """What Gradescope reads: names, points and visibility are Otter's, the words our own.

    Otter says "All test cases passed!" of the public ones alone, and of a passed test nothing.

    Args:
        record: what came of the notebook.
        results: the same in Otter's form.
        config: Otter's settings.
        when: a key of WHEN: from when on students see hidden tests, if `show_hidden` lets them at all.

    Raises:
        ValueError: `when` is no such key.
    """
    if when not in WHEN:
        raise ValueError(f"{SETTING} must be one of {', '.join(WHEN)}, got {when!r}")
    output = results.to_gradescope_dict(config)
    cases = {
        name: list(zip(results.results[name].test_cases, outcomes)) for name, outcomes in record.cases.items()
    }  # fmt: skip
    for test in output["tests"]:
        if test["name"] in cases:
            test["output"] = _question(cases[test["name"]])
            test["status"] = "passed" if test["score"] == test["max_score"] else "failed"
            test["visibility"] = test["visibility"].replace("after_published", when)
        elif test["name"] == "Public Tests":
            test["name"] = "Public checks"
            test["output"] = _public(cases, WHEN[when] if config.show_hidden else "")
    _cut(output["tests"])
    output["execution_time"] = round(record.seconds)
    return output


def _public(cases: Mapping[str, Sequence[_Case]], when: str) -> str:
    """How many public checks passed, and what the others said."""
    public = [(name, case, outcome) for name, of_it in cases.items() for case, outcome in of_it if not case.hidden]
    failed = [(name, case, outcome) for name, case, outcome in public if not outcome.passed]
    lines = [f"{len(public) - len(failed)} of {len(public)} public checks passed."]
    if not any(case.points for _, case, _ in public):
        lines.append("They help you on the way and earn nothing: points come from the hidden tests.")
    if when:
        lines.append(f"What those say of each question is shown {when}.")
    for name, case, outcome in failed:
        lines += ["", f"✗ {name}: {_title(case)}", *_indented(outcome.shown)]
    return "\n".join(lines)


def _question(cases: Sequence[_Case]) -> str:
    """What became of every hidden test of a question, then of its public checks."""
    lines = []
    for case, outcome in cases:
        if case.hidden:
            lines += [f"{_mark(outcome)} {_title(case)}{_points(case, outcome)}", *_indented(outcome.shown)]
    if waiting := sum(bool(FOR_A_MARKER.search(outcome.message)) for _, outcome in cases):
        ideas, wait = ("idea", "waits") if waiting == 1 else ("ideas", "wait")
        lines += ["", f"{waiting} {ideas} of your answer {wait} for a person. Your points may still go up."]
    failed = [(case, outcome) for case, outcome in cases if not case.hidden and not outcome.passed]
    for case, outcome in failed:
        lines += ["", f"✗ public check {_title(case)}", *_indented(outcome.shown)]
    return "\n".join(lines)


def _mark(outcome: CaseOutcome) -> str:
    if FOR_A_MARKER.search(outcome.message):
        return "?"
    return "✓" if outcome.passed else "✗"


def _title(case: TestCase) -> str:
    """Its hint, which is a question, or its name."""
    return case.failure_message if case.hidden and case.failure_message else case.name


def _points(case: TestCase, outcome: CaseOutcome) -> str:
    if not case.points:
        return ""
    points = f"{case.points:g} point{'s' * (case.points != 1)}"
    return f" ({points})" if outcome.passed else f" (0 of {points})"


def _indented(text: str) -> list[str]:
    """The message without the kind of exception that carried it."""
    text = re.sub(r"^(?:Hint|NotRecognised|Contradicted|ForAMarker|Unreadable): ", "", text)
    return [f"    {line}" for line in text.splitlines()]


def for_instructor(record: Record) -> Iterator[str]:
    """Lines that no student may read.

    They are printed: Gradescope shows that to instructors alone. A hidden entry beside the others would do as well, but
    as long as there is one, Gradescope never shows students their total.
    """
    yield from (f"note: {note}" for note in record.notes)
    yield from (f"raised in {error}" for error in record.raised)
    yield from (f"not protected: {protection} ({reason})" for protection, reason in record.refused.items())
    for question, outcomes in record.cases.items():
        for number, outcome in enumerate(outcomes, 1):
            if outcome.message and not (outcome.shown and outcome.message.endswith(outcome.shown)):
                yield f"{question} - {number}: " + "\n    ".join(outcome.message.splitlines())


def _cut(tests: Sequence[dict[str, Any]]) -> None:
    """Cuts outputs that would be too long together; the later ones keep a little room."""
    left = _LONGEST
    for number, test in enumerate(tests, 1):
        text, room = test.get("output", ""), left - _ENOUGH * (len(tests) - number)
        test["output"] = text if len(text) <= room else text[: room - 20] + " … (cut)"
        left -= len(test["output"])
