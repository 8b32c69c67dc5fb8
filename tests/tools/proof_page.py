"""Writes docs/validity.md from the record of tests/tools/validity.py."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from record import PRACTICALS, Record

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SURVIVORS = Path(__file__).resolve().parents[1] / "survivors.toml"
KINDS = {  # why no test sees a mutant
    "same": "does what the model solution does",
    "allowed": "does something else that the docstring allows",
    "missed": "is wrong",
}
_TITLES = "LSTM, RNN, CNN, spaCy, Seq2Seq, GPT-2, augmentation, attention".split(", ")
_THEORY = {
    "qwk": "quadratic-weighted kappa of points",
    "exact": "exactly the same points",
    "full_credit": "full answers that get full marks",
    "worthless_credited": "answers worth nothing that earn something",
    "wrong_credit": "ideas wrongly credited, per answer",
    "marker_rate": "answers sent to a marker",
}
_INTRODUCTION = """# Do the tests tell right from wrong?

Written by `make validity`, never by hand. `tests/wrong` holds wrong solutions, each with the checks that must catch it;
`tests/right` solutions that are right in another way than ours; mutants are model solutions in which a machine has
changed one operator, number or line (`tests/tools/mutants.py`). Beside this page lies `validity.json`: what every
solution was told, and digests of what it was tried with. A test fails when any of it has changed since
(`tests/test_validity.py`).

## In figures

**Told**: a public check tells the student before handing in. **Hidden**: only hidden tests see it, and their hint names
the topic. Every wrong solution was caught by the checks that its file names, and lost a point, or it counts as
**survived**. **Runs** are runs of right solutions, with other seeds, on one core or two; a **flip** is one that was
rejected. **Killed** mutants failed a test; of the others, some are **as good** as the model solution (below, with
reasons), the rest are **missed**. Seconds are those of one run of everything once.
"""
_COLUMNS = ("wrong", "told", "hidden", "survived", "right", "accepted", "runs", "flips", "mutants", "killed", "as good")


def survivors() -> dict[str, dict[str, str]]:
    """For every mutant that no test sees: its kind and the reason."""
    groups = tomllib.loads(SURVIVORS.read_text(encoding="utf-8"))["group"]
    return {name: {"kind": group["kind"], "reason": group["reason"]} for group in groups for name in group["mutants"]}


def survived(entry: dict) -> bool:
    """Whether a wrong solution got through: a named check did not catch it, or it lost no point."""
    return not entry["hidden"] or not set(entry["named"]) <= {check.split()[1] for check in entry["told"]}


def problems(record: Record, practical: str) -> list[str]:
    """What the record says against the tests of a practical."""
    found, known = [], survivors()
    for name, entry in record.entries(practical, "wrong").items():
        missed = set(entry["named"]) - {check.split()[1] for check in entry["told"]}
        found += [f"{name} is not caught by {check}" for check in sorted(missed)]
        found += [f"{name} loses no point"] * (not entry["hidden"])
    for name, entry in record.entries(practical, "right").items():
        found += [f"{name} is rejected with {run}: {'; '.join(said)}" for run, said in entry["rejected"].items()]
    for name, entry in record.entries(practical, "mutants").items():
        found += [f"{name}: seen by no test and not explained"] * (not entry["killed by"] and name not in known)
        found += [f"{name}: killed, and yet in survivors.toml"] * (bool(entry["killed by"]) and name in known)
    return found


def figures(record: Record, practical: str, known: dict[str, dict[str, str]]) -> Counter:
    """The counts of one practical."""
    wrong = list(record.entries(practical, "wrong").values())
    right = list(record.entries(practical, "right").values())
    made = record.entries(practical, "mutants")
    alive = [known.get(name, {}).get("kind", "missed") for name, entry in made.items() if not entry["killed by"]]
    caught = [entry for entry in wrong if not survived(entry)]
    return Counter({
        "wrong": len(wrong),
        "told": sum(bool(entry["public"]) for entry in caught),
        "hidden": sum(not entry["public"] for entry in caught),
        "survived": len(wrong) - len(caught),
        "right": len(right),
        "accepted": sum(not entry["rejected"] for entry in right),
        "runs": sum(len(seeds) for entry in right for seeds in entry["runs"].values()),
        "flips": sum(len(entry["rejected"]) for entry in right),
        "mutants": len(made),
        "killed": len(made) - len(alive),
        "only told": sum(bool(entry["killed by"]) and not entry["hidden"] for entry in made.values()),
        "as good": len(alive) - alive.count("missed"),
        "missed": alive.count("missed"),
        "seconds": round(sum(entry["seconds"] for entry in [*wrong, *right, *made.values()])),
    })  # fmt: skip


def page(record: Record, hints: dict[str, str]) -> str:
    """The whole page."""
    known = survivors()
    found = {practical: figures(record, practical, known) for practical in PRACTICALS}
    rows = [_row(f"{n} {title}", found[practical]) for n, title, practical in zip(range(1, 9), _TITLES, PRACTICALS)]
    total = sum(found.values(), Counter())
    lines = [
        _INTRODUCTION,
        *_head("practical", *_COLUMNS, "missed", "kill rate", "seconds"),
        *rows,
        _row("**all**", total),
        "",
        f"Killed by public checks only, which tell the student but take no point: {total['only told']}.",
        "",
        *_right(record),
        "",
        *_mutants(record, known),
        "",
        *_theory(record),
        "",
        *_wrong(record),
        "",
        "## What the hidden tests say when they fail",
        "",
        *_head("test", "hint"),
        *(f"| `{test}` | {hint} |" for test, hint in hints.items()),
    ]
    return "\n".join(lines) + "\n"


def _head(*titles: str) -> list[str]:
    return [f"| {' | '.join(titles)} |", "| --- " * len(titles) + "|"]


def _row(title: str, found: Counter) -> str:
    rate = found["killed"] / max(1, found["killed"] + found["missed"])
    numbers = [f"{found[column]:,}" for column in (*_COLUMNS, "missed")]
    return f"| {title} | {' | '.join(numbers)} | {100 * rate:.1f} % | {found['seconds']:,} |"


def _right(record: Record) -> list[str]:
    lines = ["## Right solutions of other kinds", ""]
    lines += [
        "How often each was run, with other seeds (the notebook's `SEED` and all random numbers), while the machine",
        "did other work as well; after those with a *t*, models were trained anew in every run.",
        "",
        *_head("solution", "question", "what is different", "runs on 1 core", "on 2 cores", "rejected"),
    ]
    for practical in PRACTICALS:
        for name, entry in record.entries(practical, "right").items():
            runs = [str(len(entry["runs"].get(cores, []))) for cores in ("1", "2")]
            title = f"`{name}`" + " *t*" * entry["trained"]
            cells = [title, entry["question"], _cell(entry["says"]), *runs, str(len(entry["rejected"]))]
            lines.append(f"| {' | '.join(cells)} |")
    return lines


def _mutants(record: Record, known: dict[str, dict[str, str]]) -> list[str]:
    lines = ["## Mutants that no test sees", "", "From `tests/survivors.toml`, one by one.", ""]
    lines += _head("mutant", "it", "because")
    for practical in PRACTICALS:
        for name, entry in record.entries(practical, "mutants").items():
            if not entry["killed by"]:
                why = known.get(name, {"kind": "missed", "reason": "not explained yet"})
                lines.append(f"| {_cell(name)} | {KINDS[why['kind']]} | {_cell(why['reason'])} |")
    lines += ["", "## Mutants that only public checks see", ""]
    lines += _head("mutant", "check")
    for practical in PRACTICALS:
        for name, entry in record.entries(practical, "mutants").items():
            if entry["killed by"] and not entry["hidden"]:
                lines.append(f"| {_cell(name)} | `{entry['killed by']}` |")
    return lines


def _theory(record: Record) -> list[str]:
    figures = record.data["theory"]
    return [
        "## Theory",
        "",
        f"Measured on {figures['n']} marked answers that no rule and no recogniser was fitted to;",
        "[how fairly the checker marks](agreement.md) says what is wanted and how it was measured.",
        "",
        *_head("measure", "figure"),
        *(f"| {title} | {figures[key]:.3f} |" for key, title in _THEORY.items()),
    ]


def _wrong(record: Record) -> list[str]:
    lines = ["## Which check catches which mistake", "", "A check of a later question stands behind its name."]
    for practical, title in zip(PRACTICALS, _TITLES):
        lines += ["", f"### Practical {practical[1:]}: {title}", ""]
        lines += _head("wrong solution", "question", "what is wrong", "public checks", "hidden tests")
        for name, entry in record.entries(practical, "wrong").items():
            checks = [
                ", ".join(f"`{each.removeprefix(entry['question'] + ' ')}`" for each in entry[kind]) or "–"
                for kind in ("public", "hidden")
            ]
            lines.append(f"| `{name}` | {entry['question']} | {_cell(entry['says'])} | {' | '.join(checks)} |")
    return lines


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
