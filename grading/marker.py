"""The loop with the person who looks at doubtful answers: a CSV goes out, comes back filled in, and grades change."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from .files import replace_file
from .responses.intake import LONGEST_ANSWER
from .responses.lexicon import LexiconError
from .responses.rubric import rubric_of
from .result import Case, Part, Result
from .table import inert

COLUMNS = ("file", "question", "idea", "says", "why", "answer", "points_at_stake", "grant")
_NEEDED = ("file", "question", "idea", "answer", "grant")  # to know what has been decided
_YES, _NO = {"yes", "y", "1", "true"}, {"no", "n", "0", "false"}
_WORDS = {True: "yes", False: "no"}
_GRANTED = "granted by a person."
_REFUSED = "refused by a person."
_LONGEST = 30_000  # characters of a cell: spreadsheets take 32,767, the module csv 131,072

Decision = tuple[str, str, str, str]  # file, question, idea, and the answer that was looked at
Marks = Mapping[Decision, bool]  # whether the idea is granted; what is not among them is not decided


def write_requests(path: Path, results: Iterable[Result], marks: Marks | None = None) -> None:
    """Writes a line per idea that waits for a person, with a column `grant` to fill in with yes or no.

    What the marks say is filled in. What has been filled in a file of that name stays, also where the answer waits no
    longer; an answer that has been handed in anew is to be looked at anew.

    Raises:
        ValueError: the file is there, and has not the columns that it was written with.
    """
    decided = {_decision(row): row for row in _rows(path) if row["grant"].strip()} if path.exists() else {}
    rows = []
    for result in results:
        for part in result.parts:
            for row in _requests(result.file, part):
                key = _decision(row)
                so_far = decided.pop(key, row)["grant"]
                rows.append(row | {"grant": _WORDS[marks[key]] if marks and key in marks else so_far})
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows([*rows, *decided.values()])
    replace_file(path, "\ufeff" + text.getvalue())  # the mark makes spreadsheets read UTF-8


def _requests(file: str, part: Part) -> Iterable[dict[str, str]]:
    if not part.for_a_marker:
        return
    try:
        rubric = rubric_of(part.name)
    except LexiconError:  # there is no such question any more
        return
    known = {idea.id for idea in rubric.ideas}
    for idea, why in part.for_a_marker.items():
        if idea not in known:
            continue
        stake = rubric.points({*part.credited, idea}) - rubric.points(set(part.credited))
        cells = (file, part.name, idea, rubric.idea(idea).says, why, part.answer[:_LONGEST], str(stake), "")
        yield dict(zip(COLUMNS, map(inert, cells)))


def read_marks(path: Path) -> Marks:
    """What people have decided in the filled-in file; a line whose `grant` is empty is not decided yet.

    Raises:
        ValueError: a column is missing, or `grant` is neither yes nor no; the message gives the line.
    """
    marks = {}
    for number, row in enumerate(_rows(path), start=1):
        answer = row["grant"].strip().lower()
        if answer and answer not in _YES | _NO:
            raise ValueError(f"{path.name}, answer {number}: grant must be yes or no, got {row['grant']!r}")
        if answer:
            marks[_decision(row)] = answer in _YES
    return marks


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path.name} is not in UTF-8: save it as “CSV UTF-8”") from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        if missing := [name for name in _NEEDED if name not in (reader.fieldnames or ())]:
            raise ValueError(f"{path.name} has no column {missing[0]!r}; its columns must be parted by commas")
        return [{name: row.get(name) or "" for name in COLUMNS} for row in reader]
    except csv.Error as error:
        raise ValueError(f"{path.name} cannot be read: {error}") from error


def _decision(row: Mapping[str, str]) -> Decision:
    """What is decided. A spreadsheet may have changed line ends and cut a very long cell, of which less is marked."""
    return row["file"], row["question"], row["idea"], " ".join(row["answer"].split())[:LONGEST_ANSWER]


def grant(result: Result, marks: Marks) -> Result:
    """The result with the points for what a person has granted; what a person has decided no longer waits."""
    return replace(result, parts=tuple(_granted(result.file, part, marks) for part in result.parts))


def _granted(file: str, part: Part, marks: Marks) -> Part:
    asked = {row["idea"]: marks.get(_decision(row)) for row in _requests(file, part)}
    granted = {idea for idea, decision in asked.items() if decision}
    refused = {idea for idea, decision in asked.items() if decision is False}
    undecided = {idea: why for idea, why in part.for_a_marker.items() if idea not in granted | refused}
    if not granted | refused:
        return part
    earning = undecided.keys() & {case.name for case in part.cases if case.passed}  # as a setting may have it
    points = rubric_of(part.name).points({*part.credited, *granted, *earning})
    cases = tuple(_decided(case, asked.get(case.name)) for case in part.cases)
    credited = (*part.credited, *sorted(granted))
    return replace(part, score=points, credited=credited, for_a_marker=undecided, cases=cases)


def _decided(case: Case, granted: bool | None) -> Case:
    if granted is None:
        return case
    return replace(case, passed=granted, message=_GRANTED if granted else _REFUSED)
