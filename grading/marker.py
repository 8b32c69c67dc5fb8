"""The loop with the person who looks at doubtful answers: a CSV goes out, comes back filled in, and grades change."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from .grade import Part, Result
from .responses import Rubric, load_rubric
from .responses.rubric import rubric_name

COLUMNS = ("file", "question", "idea", "says", "why", "answer", "points_at_stake", "grant")
_YES, _NO = {"yes", "y", "1", "true"}, {"no", "n", "0", "false", ""}
_FORMULA = ("=", "+", "-", "@", "\t")  # a spreadsheet would compute a cell that begins so

Marks = Mapping[tuple[str, str], frozenset[str]]  # (file, question) -> ideas granted


def write_requests(path: Path, results: Iterable[Result]) -> None:
    """Writes a line per idea that waits for a person, with an empty column `grant` to fill in with yes or no."""
    with path.open("w", newline="", encoding="utf-8-sig") as file:  # the mark makes spreadsheets read UTF-8
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for result in results:
            for part in result.parts:
                writer.writerows(_requests(result.file, part))


def _requests(file: str, part: Part) -> Iterable[list[str]]:
    if not part.for_a_marker:
        return
    rubric = _rubric(part)
    for idea, why in part.for_a_marker.items():
        stake = rubric.points({*part.credited, idea}) - rubric.points(set(part.credited))
        says = rubric.idea(idea).says
        yield [_inert(text) for text in (file, part.name, idea, says, why, part.answer, str(stake), "")]


def _inert(text: str) -> str:
    return "'" + text if text.startswith(_FORMULA) else text


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
    return _rubric(part).points({*part.credited, *ideas}) if part.for_a_marker else part.score


def _rubric(part: Part) -> Rubric:
    return load_rubric(rubric_name(int(part.name.removeprefix("q"))))
