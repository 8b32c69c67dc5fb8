"""The loop with the person who looks at doubtful answers: a CSV goes out, comes back filled in, and grades change."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from .responses.rubric import rubric_of
from .result import Part, Result
from .table import inert

COLUMNS = ("file", "question", "idea", "says", "why", "answer", "points_at_stake", "grant")
_YES, _NO = {"yes", "y", "1", "true"}, {"no", "n", "0", "false", ""}

Marks = Mapping[tuple[str, str], frozenset[str]]  # (file, question) -> ideas granted


def write_requests(path: Path, results: Iterable[Result]) -> None:
    """Writes a line per idea that waits for a person, with a column `grant` to fill in with yes or no.

    What has been filled in a file of that name stays.
    """
    decided = _decided(path)
    with path.open("w", newline="", encoding="utf-8-sig") as file:  # the mark makes spreadsheets read UTF-8
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for result in results:
            for part in result.parts:
                for row in _requests(result.file, part):
                    writer.writerow([*row, decided.get(tuple(row[:3]), "")])


def _requests(file: str, part: Part) -> Iterable[list[str]]:
    if not part.for_a_marker:
        return
    rubric = rubric_of(part.name)
    for idea, why in part.for_a_marker.items():
        stake = rubric.points({*part.credited, idea}) - rubric.points(set(part.credited))
        says = rubric.idea(idea).says
        yield [inert(text) for text in (file, part.name, idea, says, why, part.answer, str(stake))]


def _decided(path: Path) -> dict[tuple[str, ...], str]:
    """File, question, idea -> what stands in the column `grant`, whatever it is."""
    if not path.exists():
        return {}
    with path.open(newline="", encoding="utf-8-sig") as file:
        return {
            tuple(row.get(name) or "" for name in COLUMNS[:3]): row.get("grant") or "" for row in csv.DictReader(file)
        }


def read_marks(path: Path) -> Marks:
    """Reads the filled-in file.

    Raises:
        ValueError: a column is missing, or `grant` is neither yes nor no; the message gives the line.
    """
    granted: dict[tuple[str, str], frozenset[str]] = {}
    with path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        missing = [name for name in ("file", "question", "idea", "grant") if name not in (reader.fieldnames or ())]
        if missing:
            raise ValueError(f"{path.name} has no column {missing[0]!r}")
        for row in reader:
            answer = (row["grant"] or "").strip().lower()
            if answer not in _YES | _NO:
                raise ValueError(f"{path.name}, line {reader.line_num}: grant must be yes or no, got {row['grant']!r}")
            key = (row["file"].removeprefix("'"), row["question"])
            granted[key] = granted.get(key, frozenset()) | ({row["idea"]} if answer in _YES else set())
    return granted


def grant(result: Result, marks: Marks) -> Result:
    """The result with the points for what a person has granted; what a person has decided no longer waits."""
    return replace(result, parts=tuple(_granted(part, marks.get((result.file, part.name))) for part in result.parts))


def _granted(part: Part, ideas: frozenset[str] | None) -> Part:
    if ideas is None or not part.for_a_marker:
        return part
    granted = ideas & set(part.for_a_marker)
    return replace(part, score=_points(part, granted), credited=(*part.credited, *sorted(granted)), for_a_marker={})


def _points(part: Part, ideas: Iterable[str]) -> float:
    return rubric_of(part.name).points({*part.credited, *ideas}) if part.for_a_marker else part.score
