"""A sample of notebooks made at random: no crash of supervisor or judge, always a result (random_notebooks.py).

What a sample shows depends on its seeds, so they are fixed; `python tests/tools/random_notebooks.py 1000` runs the
others.
"""

from __future__ import annotations

import json
from collections import Counter

import pytest
import random_notebooks
from random_notebooks import SECRET, _judged, assignment, notebook, run

SAMPLE = range(80)


@pytest.fixture(scope="module")
def outcomes() -> list[random_notebooks.Outcome]:
    """The sample, graded."""
    return list(run(SAMPLE))


def test_every_random_notebook_gets_a_sound_result(outcomes):
    assert [outcome for outcome in outcomes if outcome.complaints] == []


def test_the_sample_is_of_all_kinds(outcomes):
    kinds = Counter(outcome.kind for outcome in outcomes)
    assert kinds["plain"] > 40 and kinds["refused"] > 3 and kinds["with losses"] > 1
    assert kinds.keys() == {"plain", "refused", "with losses"}


def test_a_seed_makes_the_same_notebook():
    assert notebook(5) == notebook(5) != notebook(6)


def test_what_is_wrong_with_a_result_is_seen(tmp_path):
    """The other tests would be worth nothing if this could not fail."""
    assignment(tmp_path)
    (tmp_path / "results").mkdir()
    tests = [
        {"name": name, "score": 0, "max_score": len(cases), "visibility": "after_published", "output": ""}
        for name, cases in random_notebooks._TESTS.items()
    ]
    tests[-1]["score"] = tests[-1]["max_score"]  # the control
    record = {"questions": [], "notes": []}

    def complaints(**changes) -> str:
        changed = [{**tests[0], **changes}, *tests[1:]]
        (tmp_path / "results" / "record.json").write_text(json.dumps(record))
        (tmp_path / "results" / "results.json").write_text(json.dumps({"tests": changed}))
        return " ".join(_judged(tmp_path)[1])

    assert complaints() == ""
    assert "the secret" in complaints(output=f"got {SECRET[::-1]}")
    assert "a traceback" in complaints(output='File "grading/isolation/agent.py", line 5')
    assert "control characters" in complaints(output="\x1b[2J")
    assert "points" in complaints(score=99)
    assert "a mistake of ours" in complaints(name="Not graded")
    tests[-1]["score"] = 0
    assert "the control lost its points" in complaints()
