"""Measures how far the checker agrees with people, on answers that people have marked.

A file of marked answers has one JSON object per line with `id`, `question` (a number), `text`, `ideas` (the letters
that the answer earns), `points`, and optionally `kind`.
"""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .intake import Unreadable, read_answer
from .marking import Marking, Outcome, mark
from .rubric import Rubric, load_rubric, rubric_name

_RESAMPLES = 500
_SEED = 0


@dataclass(frozen=True)
class Marked:
    """One answer, as a person marked it and as the checker did; `seconds` is what the checker took."""

    id: str
    question: int
    text: str
    ideas: tuple[str, ...]
    points: int
    full_marks: int
    got: Marking
    seconds: float

    @property
    def wrongly_credited(self) -> int:
        return len(set(self.got.credited) - set(self.ideas))


def mark_file(path: Path) -> list[Marked]:
    """Marks every answer of a file.

    Raises:
        ValueError: a line is no marked answer; the message gives its number.
    """
    answers = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            rubric = load_rubric(rubric_name(data["question"]))
            started = time.perf_counter()
            got = _mark(data["text"], rubric)
            seconds = time.perf_counter() - started
            answers.append(
                Marked(
                    str(data.get("id", number)), data["question"], data["text"], tuple(data["ideas"]), data["points"],
                    rubric.full_marks, got, seconds,
                )
            )  # fmt: skip
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path.name}, line {number} is no marked answer: {error}") from error
    if not answers:
        raise ValueError(f"{path.name} holds no answers")
    return answers


def _mark(text: str, rubric: Rubric) -> Marking:
    try:
        return mark(read_answer(text), rubric)
    except Unreadable:
        return mark("", rubric)


def kappa(pairs: Sequence[tuple[int, int]]) -> float:
    """Quadratic-weighted kappa of (person, checker) points: 1 - observed / expected squared difference (Cohen 1968)."""
    people, checker = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = sum((a - b) ** 2 for a, b in pairs) / len(pairs)
    expected = sum(n * m * (a - b) ** 2 for a, n in people.items() for b, m in checker.items()) / len(pairs) ** 2
    return 1 - observed / expected if expected else 1.0


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else float("nan")


FIGURES: dict[str, Callable[[Sequence[Marked]], float]] = {
    "qwk": lambda answers: kappa([(a.points, a.got.points) for a in answers]),
    "exact": lambda answers: _share([a.points == a.got.points for a in answers]),
    "full_credit": lambda answers: _share([a.got.points == a.points for a in answers if a.points == a.full_marks]),
    "worthless_credited": lambda answers: _share([a.got.points > 0 for a in answers if a.points == 0]),
    "wrong_credit": lambda answers: sum(a.wrongly_credited for a in answers) / len(answers),
    "marker_rate": lambda answers: _share([bool(a.got.for_a_marker) for a in answers]),
    "ms_per_answer": lambda answers: 1000 * sum(a.seconds for a in answers) / len(answers),
    "n": len,
}


def figures(answers: Sequence[Marked]) -> dict[str, float]:
    """All figures, by name. An answer that waits for a marker counts with the points it has without the marker."""
    return {name: round(figure(answers), 4) for name, figure in FIGURES.items()}


def interval(answers: Sequence[Marked], name: str) -> tuple[float, float]:
    """The 95 % bootstrap interval of a figure, over resampled answers, with a fixed seed."""
    draw = random.Random(_SEED)
    values = sorted(FIGURES[name](draw.choices(answers, k=len(answers))) for _ in range(_RESAMPLES))
    return values[int(0.025 * _RESAMPLES)], values[int(0.975 * _RESAMPLES) - 1]


def report(answers: Sequence[Marked]) -> str:
    """Figures per question and overall with intervals, confusion table, every disagreement with its evidence."""
    lines = ["question    n  exact   full  worthless  wrong  marker"]
    for question in sorted({a.question for a in answers}):
        lines.append(_row(f"q{question:02d}", [a for a in answers if a.question == question]))
    lines += [_row("all", answers), ""]
    for name, value in figures(answers).items():
        if name in ("n", "ms_per_answer"):
            lines.append(f"{name:20} {value:g}")
        else:
            low, high = interval(answers, name)
            lines.append(f"{name:20} {value:.3f}   95 % interval {low:.3f} to {high:.3f}")
    return "\n".join([*lines, "", *_confusion(answers), "", *_disagreements(answers)])


def _row(name: str, answers: Sequence[Marked]) -> str:
    f = figures(answers)
    return (
        f"{name:8} {f['n']:4}  {f['exact']:5.2f}  {f['full_credit']:5.2f}      {f['worthless_credited']:5.2f}  "
        f"{f['wrong_credit']:5.2f}   {f['marker_rate']:5.2f}"
    )


def _confusion(answers: Sequence[Marked]) -> list[str]:
    counts = Counter((a.points, a.got.points) for a in answers)
    highest = max(max(pair) for pair in counts)
    lines = [
        "points by a person (rows) and by the checker (columns)",
        "   " + "".join(f"{p:5}" for p in range(highest + 1)),
    ]
    for person in range(highest + 1):
        lines.append(f"{person:3}" + "".join(f"{counts[person, checker]:5}" for checker in range(highest + 1)))
    return lines


def _disagreements(answers: Sequence[Marked]) -> list[str]:
    lines = []
    for a in answers:
        if a.points == a.got.points and not a.wrongly_credited:
            continue
        lines += [f"{a.id}: {a.got.points} instead of {a.points}", f"    {' '.join(a.text.split())}"]
        for verdict in a.got.verdicts:
            credited = verdict.outcome is Outcome.CREDITED
            if credited != (verdict.idea in a.ideas):
                said = verdict.why or (f"“{verdict.evidence}”" if verdict.evidence else "")
                lines.append(f"    {verdict.idea}: {verdict.outcome.value} {said}".rstrip())
    return lines
