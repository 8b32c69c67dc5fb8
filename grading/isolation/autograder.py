"""What `run_otter.py` in the zips starts: grades what lies in /autograder/submission and writes the results."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import nbformat

from .. import __version__
from ..submission import BadSubmission, only_one, read_submission
from ..versions import made_with
from . import late, limits
from .student import Process, start
from .supervisor import Record, Supervisor

# Otter's settings that the isolated runner cannot honour, and why.
_REFUSED = {
    "token": "it would lie beside a student's code",
    "pdf": "rendering a student's notebook runs outside the sandbox",
    "plugins": "plugins run in the process that writes the results",
    "grade_from_log": "a submitted log is a pickle, and those are never opened",
    "seed_variable": "only `seed` is supported",
    "show_stdout": "what is printed is for the instructor alone",
}


_LONGEST = 100_000  # characters for the instructor
NOT_GRADED = "This submission could not be graded:"


def main(root: Path = Path("/autograder")) -> None:
    """Grades the submission in `<root>/submission` with the unpacked zip in `<root>/source`.

    Writes to `<root>/results`: results.json for Gradescope, results.pkl for `otter grade`, and all that is known
    in record.json. The first two are always there, whatever happens; the last only if there are points.
    """
    record = results = None
    try:
        settings = read_settings(root / "source")
        tests = read_tests(root / "source")
        notebook = read_submission(the_submission(root / "submission"))
        record = grade(notebook, tests, root / "source" / "files", settings)
        output, results = _for_otter(record, tests, settings, _days_late(root))
    except BadSubmission as error:
        why = str(error)
        output = _not_graded(why)
    except Exception as error:  # a mistake of ours or in the settings: the instructor has to see it
        traceback.print_exc()
        why = f"{type(error).__name__}: {error}"
        output = _not_graded("Please tell your instructor.")
    folder = root / "results"
    folder.mkdir(exist_ok=True)
    (folder / "results.json").write_text(json.dumps(output, indent=2), encoding="utf-8")
    if record is not None and results is not None:
        (folder / "record.json").write_text(json.dumps(plain(record, results)), encoding="utf-8")
    else:
        results = _no_results(why)
    import dill

    (folder / "results.pkl").write_bytes(dill.dumps(results))


def read_settings(source: Path) -> dict[str, Any]:
    """The settings in an unpacked zip.

    `otter grade` writes otter_config.json anew without what Otter does not know; the build has put a copy aside.
    """
    aside = source / "files" / "grading" / "otter_config.json"
    ours = json.loads(aside.read_text(encoding="utf-8")) if aside.exists() else {}
    return ours | json.loads((source / "otter_config.json").read_text(encoding="utf-8"))


def read_tests(source: Path) -> dict[str, str]:
    """Question -> source of its test file, in order, of an unpacked zip."""
    files = sorted((source / "tests").glob("*.py"), key=lambda path: (len(path.stem), path.stem))  # q2 < q10
    return {path.stem: path.read_text(encoding="utf-8") for path in files}


def grade(
    notebook: nbformat.NotebookNode,
    tests: dict[str, str],
    files: Path,
    settings: dict[str, Any],
    start: Callable[..., Process] = start,
) -> Record:
    """Grades a notebook with what is in an unpacked zip.

    Raises:
        BadSubmission: it belongs to another assignment or to another version of it.
        ValueError: a setting is wrong.
    """
    refused = [f"{name} ({why})" for name, why in _REFUSED.items() if settings.get(name)]
    if refused:
        raise ValueError(f"these settings do not go with isolated grading: {'; '.join(refused)}")
    _check_assignment(notebook.metadata, settings.get("assignment_name"))
    stamp = made_with(notebook.metadata)
    allowed = limits.Limits.from_settings(settings.get(limits.SETTING, {}))
    record = Supervisor(notebook, tests, files, allowed, settings.get("seed"), start).grade()
    record.made_with = stamp
    if stamp and stamp != __version__:
        record.notes.append(f"the notebook was made from version {stamp} and graded with version {__version__}")
    return record


def _for_otter(
    record: Record, tests: dict[str, str], settings: dict[str, Any], days_late: int
) -> tuple[dict[str, Any], Any]:
    from otter.run.run_autograder.autograder_config import AutograderConfig

    from .results import SETTING, for_gradescope, for_instructor, grading_results

    results = grading_results(record, tests)
    known = {name: value for name, value in settings.items() if hasattr(AutograderConfig, name)}
    output = for_gradescope(record, results, AutograderConfig(known), settings.get(SETTING, "after_published"))
    output["extra_data"] = _versions(record)
    print("\n".join(for_instructor(record))[:_LONGEST])
    policy = late.LatePolicy.from_settings(settings.get(late.SETTING, {}))
    if told := policy.told(days_late):
        output["output"] = told
        output["score"] = round(output.get("score", results.total) * (1 - policy.deducted(days_late) / 100), 5)
    return output, results


def _days_late(root: Path) -> int:
    """By Gradescope's metadata; under `otter grade` that file is empty."""
    try:
        return late.days_late(json.loads((root / "submission_metadata.json").read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError):
        return 0


def _no_results(why: str) -> Any:
    """No points, and the reason in the column `grading_status` of `otter grade`'s final_grades.csv."""
    from otter.test_files import GradingResults

    return GradingResults.without_results(ValueError(why))  # a class of ours could not be unpickled on every machine


def plain(record: Record, results: Any) -> dict[str, Any]:
    """All that is known of the submission, as plain data."""
    questions = [
        {
            "name": name,
            "score": file.score,
            "possible": file.possible,
            "seconds": round(record.spent.get(name, 0), 3),
            "cases": [
                {**asdict(outcome), "hidden": case.hidden, "points": case.points}
                for outcome, case in zip(record.cases[name], file.test_cases)
            ],
        }
        for name, file in results.results.items()
    ]
    return {
        "questions": questions,
        "notes": record.notes,
        "raised": record.raised,
        "refused": record.refused,
        "seconds": record.seconds,
        **_versions(record),
    }


def _versions(record: Record) -> dict[str, str | None]:
    return {"made_with": record.made_with, "graded_with": __version__}


def the_submission(folder: Path) -> Path:
    """The one notebook, or zip file with one, in a folder of submitted files.

    Raises:
        BadSubmission: there is none, or more than one.
    """
    plain = [path.name for path in sorted(folder.iterdir()) if path.is_file() and not path.is_symlink()]
    return folder / only_one(plain)


def _check_assignment(metadata: Any, wanted: str | None) -> None:
    otter = metadata.get("otter") if isinstance(metadata, dict) else None
    got = otter.get("assignment_name") if isinstance(otter, dict) else None
    if wanted and got and got != wanted:
        raise BadSubmission(f"the notebook is for {str(got)[:100]!r}, but this is {wanted!r}")


def _not_graded(message: str) -> dict[str, Any]:
    output = f"{NOT_GRADED} {message}"
    test = {"name": "Not graded", "visibility": "visible", "status": "failed", "output": output}
    return {"score": 0, "tests": [test]}
