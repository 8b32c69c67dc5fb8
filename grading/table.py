"""Results as a table, printed or as a file: a line per submission, a column per question."""

from __future__ import annotations

import csv
import io
import re
import textwrap
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

from .files import replace_file
from .result import Part, Result

_FORMULA = ("=", "+", "-", "@", "\t")  # a spreadsheet would compute a cell that begins so


def table(results: Sequence[Result]) -> str:
    """The points of every submission, then what is waiting for a marker and what could not be graded.

    The parts of a practical, such as p3a and p3b, share the column p3.
    """
    scores = [_by_column(result, lambda part: part.score) for result in results]
    possible = {name: points for r in results for name, points in _by_column(r, lambda part: part.possible).items()}
    columns = list(possible)
    heads = ["file", *columns, "total", "marker"]
    rows = [heads, ["points", *(_number(possible[name]) for name in columns), _number(sum(possible.values())), ""]]
    for result, earned in zip(results, scores):
        waiting = str(result.for_a_marker or "-")
        if result.error:
            rows.append([result.file, *("-" for _ in columns), "0", "error"])
        else:
            points = (_number(earned[name]) if name in earned else "-" for name in columns)
            rows.append([result.file, *points, _number(result.score), waiting])
    widths = [max(len(row[i]) for row in rows) for i in range(len(heads))]
    lines = [
        "  ".join(cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths)))
        for row in rows
    ]
    lines.insert(2, "-" * len(lines[0]))
    for title, notes in (("For a marker", _waiting(results)), ("Not graded", _errors(results))):
        if notes:
            lines += ["", f"{title}:", *notes]
    return "\n".join(map(_harmless, lines))


def _harmless(line: str) -> str:
    """Without what commands a terminal: names and errors come from students."""
    return "".join("�" if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in line)


def write_grades(path: Path, results: Sequence[Result]) -> None:
    """Writes the columns of `otter grade`'s final_grades.csv, how many ideas wait for a person, and who it is."""
    possible = {part.name: part.possible for result in results for part in result.parts}
    names = sorted(possible, key=lambda name: (len(name), name))
    largest = max((result.possible for result in results), default=0)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    ours = ("for_a_marker", "student")
    writer.writerow(["file", *names, "total_points_earned", "percent_correct", "grading_status", *ours])
    writer.writerow(["points-per-question", *(possible[name] for name in names), largest, 1, "--", "", ""])
    for result in results:
        scores = {part.name: part.score for part in result.parts} or dict.fromkeys(names, 0)
        percent = result.score / result.possible if result.possible else 0
        row = [*(scores.get(name, "") for name in names), result.score, percent, inert(result.error or "Completed")]
        writer.writerow([inert(result.file), *row, result.for_a_marker, inert(result.student or "")])
    replace_file(path, text.getvalue())


def inert(text: str) -> str:
    """The text as a spreadsheet shows it and does not compute it."""
    return "'" + text if text.startswith(_FORMULA) else text


def _by_column(result: Result, points: Callable[[Part], float]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for part in result.parts:
        column = re.sub(r"(?<=\d)[a-z]$", "", part.name)
        sums[column] = sums.get(column, 0) + points(part)
    return sums


def _waiting(results: Sequence[Result]) -> list[str]:
    """A line per question and reason; ideas that wait for the same reason share it."""
    lines = []
    for result in results:
        for part in result.parts:
            for why in dict.fromkeys(part.for_a_marker.values()):
                ideas = ", ".join(idea for idea, its in part.for_a_marker.items() if its == why)
                lines.append(_note(f"{result.file} {part.name} ({ideas}): {why}"))
    return lines


def _errors(results: Sequence[Result]) -> list[str]:
    errors = ((result.file, result.error) for result in results if result.error)
    return [_note(error if file in error else f"{file}: {error}") for file, error in errors]


def _note(text: str) -> str:
    return textwrap.fill(text, 118, initial_indent="  ", subsequent_indent="    ")


def _number(value: float) -> str:
    return f"{value:g}"
