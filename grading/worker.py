"""Runs Otter on one notebook, in a process that ends with it: `python -m grading.worker NOTEBOOK ZIP RESULT`.

Otter unpickles what the student's kernel leaves behind. That happens here, and only plain data leaves this process.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from otter.api import grade_submission
from otter.run.run_autograder.utils import OtterRuntimeError
from otter.test_files import GradingResults

_IDEA = re.compile(r"\bearns\(\w+, '\w+', '(\w)'\)")  # the idea cases are the first hidden ones, in this order
_FOR_A_MARKER = re.compile(r"^ForAMarker: a person will look at idea (\w+): (.*)", re.MULTILINE | re.DOTALL)


def main(notebook: str, autograder: str, result: str) -> None:
    """Writes {"error": text or null, "parts": [...]} to `result`."""
    try:
        data = _plain(grade_submission(notebook, autograder, quiet=True))
    except OtterRuntimeError as error:
        data = {"error": str(error), "parts": []}
    Path(result).write_text(json.dumps(data), encoding="utf-8")


def _plain(results: GradingResults) -> dict:
    if results.has_catastrophic_failure():
        return {"error": "running the notebook ended without results (did it end Python itself?)", "parts": []}
    parts = []
    for name, test_file in results.results.items():
        cases = test_file.test_case_results
        notes = [_FOR_A_MARKER.search(case.message or "") for case in cases]
        hidden = [case for case in cases if case.test_case.hidden]
        ideas = zip(_IDEA.findall(getattr(test_file, "source", "")), hidden)
        parts.append(
            {
                "name": name,
                "score": test_file.score,
                "possible": test_file.possible,
                "credited": [idea for idea, case in ideas if case.passed],
                "for_a_marker": {note.group(1): note.group(2).strip() for note in notes if note},
            }
        )
    return {"error": None, "parts": parts}


if __name__ == "__main__":
    main(*sys.argv[1:])
