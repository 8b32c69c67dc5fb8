"""From the supervisor's record to Otter's results and to what Gradescope reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from otter.run.run_autograder.autograder_config import AutograderConfig
from otter.test_files import GradingResults
from otter.test_files.abstract_test import TestCaseResult

from .judge import test_file
from .supervisor import Record

_LONGEST = 90_000  # characters of all outputs together; Gradescope cuts at 100,000


def grading_results(record: Record, tests: Mapping[str, str]) -> GradingResults:
    """Otter's own results, with the messages that students may see."""
    files = []
    for name, outcomes in record.cases.items():
        file = test_file(name, tests[name])
        file.test_case_results = [
            TestCaseResult(test_case=case, message=outcome.shown, passed=outcome.passed)
            for case, outcome in zip(file.test_cases, outcomes)
        ]
        files.append(file)
    return GradingResults(files)


def for_gradescope(record: Record, results: GradingResults, config: AutograderConfig) -> dict[str, Any]:
    """What Gradescope reads: Otter's output, and an entry that only instructors see."""
    output = results.to_gradescope_dict(config)
    spent = 0
    for test in output["tests"]:
        room = max(_LONGEST - spent, 200)
        test["output"] = _cut(test.get("output", ""), room)
        spent += len(test["output"])
    details = "\n".join(_details(record))
    if details:
        room = max(_LONGEST - spent, 2_000)
        output["tests"].append({"name": "For the instructor", "visibility": "hidden", "output": _cut(details, room)})
    return output


def _details(record: Record) -> list[str]:
    lines = [f"note: {note}" for note in record.notes]
    lines += [f"not protected: {protection} ({reason})" for protection, reason in record.refused.items()]
    for question, outcomes in record.cases.items():
        for number, outcome in enumerate(outcomes, 1):
            if outcome.message != outcome.shown:
                lines.append(f"{question} - {number}: {outcome.message}")
    return lines


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 20] + " … (cut)"
