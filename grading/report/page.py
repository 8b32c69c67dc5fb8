"""Puts what is known of a class on one page. The template escapes everything, and the page may run no script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from typing import Any

import jinja2
import numpy as np

from ..responses.rubric import Rubric, rubric_of
from . import statistics
from .names import Names
from .records import Submission
from .similarity import CODE, TEXT, Group, Similarity, similar

TITLES = {"theory": "Theory", "practical": "Practicals", None: "Unknown assignment"}
MOST_FAILURES, MOST_RAISED, MOST_ROWS, MOST_GROUPS = 20, 10, 60, 40  # shown; the page says how many more there are
_LONGEST_ANSWER, _LONGEST_GAP = 1_200, 160  # characters shown of an answer; between two marked pieces of it
_BARS = 24  # of a histogram, at most


def render(submissions: Sequence[Submission], anonymous: bool) -> str:
    """The page for these submissions, as HTML."""
    names = Names(submissions, anonymous)
    graded: dict[str | None, list[Submission]] = {}
    for submission in submissions:
        if not submission.error:
            graded.setdefault(submission.assignment, []).append(submission)
    ordered = sorted(graded, key=lambda name: (name != "theory", str(name)))
    template = _environment(names).get_template("page.html")
    return template.render(
        style=_resource("style.css"),
        anonymous=anonymous,
        handed_in=len(submissions),
        versions=sorted({submission.version for submission in submissions}),
        parts=[_part(assignment, graded[assignment], names) for assignment in ordered],
        errors=_first([s for s in names.ordered(submissions) if s.error]),
        refused=Counter((what, why) for s in submissions for what, why in s.refused.items()).most_common(),
    )


def _environment(names: Names) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_resource), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )  # fmt: skip
    environment.filters.update(percent=_percent, points=_points, seconds=_seconds, short=_short)
    environment.globals.update(names=names)
    return environment


def _resource(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def _part(assignment: str | None, graded: list[Submission], names: Names) -> dict[str, Any]:
    """What the page says of one assignment."""
    graded = names.ordered(graded)
    items, theory = statistics.items(graded), assignment == "theory"
    rubrics = {item.name: rubric for item in items if (rubric := _rubric(item.name))} if theory else {}
    given = {name: rubric.question for name, rubric in rubrics.items()}
    answers = {
        item.name: [s.questions[item.name].work if item.name in s.questions else "" for s in graded] for item in items
    }
    likeness = similar(answers, TEXT if theory else CODE, given)
    totals, checks = statistics.totals(graded), statistics.checks(graded)
    failures, more_failures = statistics.failures(graded, MOST_FAILURES)
    waiting = [(s, question) for s in graded for question in s.questions.values() if question.for_a_marker]
    return {
        "id": assignment or "unknown",
        "title": TITLES.get(assignment, str(assignment)),
        "theory": theory,
        "graded": graded,
        "totals": totals,
        "histogram": histogram(totals),
        "items": items,
        "checks": [(item, rubrics.get(item.name), [c for c in checks if c.question == item.name]) for item in items],
        "says": _says(rubrics),
        "failures": failures,
        "more_failures": more_failures,
        "waiting": _first(waiting),
        "raised": _first(statistics.raised(graded, names.raised), MOST_RAISED),
        "noticed": _first([submission for submission in graded if submission.notes]),
        "groups": [_group(group, likeness, answers, graded, names) for group in likeness.groups[:MOST_GROUPS]],
        "all_groups": len(likeness.groups),
    }


def _rubric(question: str) -> Rubric | None:
    try:
        return rubric_of(question)
    except ValueError:  # results of an older or another assignment: the page does without the ideas' words
        return None


def _says(rubrics: Mapping[str, Rubric]) -> Callable[[str, str], str]:
    """An idea in words; a test's name as words."""
    ideas = {(question, idea.id): idea.says for question, rubric in rubrics.items() for idea in rubric.ideas}
    return lambda question, name: ideas.get((question, name)) or name.removeprefix("test_").replace("_", " ")


def _first(rows: Sequence[Any], most: int = MOST_ROWS) -> dict[str, Any]:
    return {"rows": rows[:most], "all": len(rows), "more": max(0, len(rows) - most)}


def histogram(totals: statistics.Totals) -> dict[str, Any]:
    """Bars over the total points, each 1, 2, 5, 10 … points wide, and where the axes have ticks."""
    width = _nice(totals.possible / _BARS)
    edges = np.arange(0, totals.possible + width, width)
    counts, _ = np.histogram(np.clip(totals.points, 0, edges[-1]), edges)
    top = max(1, int(counts.max()))
    step, mark = _nice(top / 5), _nice(totals.possible / 6)
    bars = [
        {"low": float(low), "high": float(high), "last": high == edges[-1], "count": int(n)}
        for low, high, n in zip(edges, edges[1:], counts)
    ]
    return {
        "bars": bars, "width": width, "end": float(edges[-1]), "top": step * -(-top // step),
        "ticks": list(range(0, top + step, step)),
        "marks": list(range(0, int(totals.possible) + 1, mark)),
    }  # fmt: skip


def _nice(least: float) -> int:
    """The smallest of 1, 2, 5, 10, 20 … that is not below."""
    return next(step * 10**zeros for zeros in range(9) for step in (1, 2, 5) if step * 10**zeros >= least)


def _group(
    group: Group, likeness: Similarity, answers: dict[str, list[str]], graded: Sequence[Submission], names: Names
) -> dict[str, Any]:
    """A group with its strongest pair, side by side."""
    question, pair = max(group.questions.items(), key=lambda entry: entry[1].likeness * entry[1].shared)
    sides = [] if names.anonymous else [
        (graded[a], _excerpt(likeness.marked(question, answers[question][a], answers[question][b])))
        for a, b in ((pair.one, pair.other), (pair.other, pair.one))
    ]  # fmt: skip
    return {
        "members": [graded[member] for member in group.members],
        "questions": list(group.questions.items()),
        "shared": group.shared,
        "question": question,
        "sides": sides,
    }


def _excerpt(pieces: Sequence[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """The marked pieces with a little around them, up to the longest that is shown."""
    kept: list[tuple[str, bool]] = []
    room = _LONGEST_ANSWER
    for number, (text, marked) in enumerate(pieces):
        if not marked and len(text) > 2 * _LONGEST_GAP:
            before = "" if number == 0 else text[:_LONGEST_GAP]
            after = "" if number == len(pieces) - 1 else text[-_LONGEST_GAP:]
            text = f"{before} … {after}"
        if len(text) > room:
            return [*kept, (text[:room], marked), (" …", False)]
        kept.append((text, marked))
        room -= len(text)
    return kept


def _short(text: str, end: bool = False) -> str:
    """An answer that fits the page; of code the end, where the student's own cell stands."""
    text = text.strip()
    if len(text) <= _LONGEST_ANSWER:
        return text
    return "… " + text[-_LONGEST_ANSWER:] if end else text[:_LONGEST_ANSWER] + " …"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _points(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _seconds(value: float) -> str:
    if value >= 100:
        return f"{value / 60:.1f} min"
    return f"{value:.2f} s" if value < 1 else f"{value:.1f} s" if value < 10 else f"{value:.0f} s"
