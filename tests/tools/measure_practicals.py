"""Measures the model solutions over seeds and prints the tables of docs/practicals.md.

    python tests/tools/measure_practicals.py run RESULTS.jsonl --seeds 1-20 --cores 2
    python tests/tools/measure_practicals.py tables RESULTS.jsonl …

A run takes one to three minutes; it adds a line to RESULTS.jsonl, so that a broken-off measurement can go on.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
from pathlib import Path

PRACTICALS = Path(__file__).with_name("practicals.py")


def run(results: Path, seeds: range, cores: int, first_core: int) -> None:
    """Adds a line per seed: everything that tests/tools/practicals.py says, the seed, the number of cores."""
    allowed = {first_core + core for core in range(cores)}
    for seed in seeds:
        done = subprocess.run(
            [sys.executable, str(PRACTICALS), "--json", "--proxies", "--seed", str(seed)],
            capture_output=True, text=True, check=True, preexec_fn=lambda: os.sched_setaffinity(0, allowed),
        )  # fmt: skip
        line = {"seed": seed, "cores": cores, "noise": done.stderr, **json.loads(done.stdout.splitlines()[-1])}
        with results.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        failed = [outcome["test"] for outcome in line["outcomes"] if outcome["message"]]
        print(f"seed {seed}: {sum(line['seconds'].values()):.0f} s, failed: {failed or 'nothing'}", flush=True)


def tables(runs: list[dict]) -> str:
    """Markdown: seconds and memory per practical, then every threshold with what correct solutions measured."""
    lines = []
    for cores in sorted({run["cores"] for run in runs}):
        mine = [run for run in runs if run["cores"] == cores]
        full = sum(not any(outcome["message"] for outcome in run["outcomes"]) for run in mine)
        seconds = _spread([sum(run["seconds"].values()) for run in mine], ".0f")
        peak = max(run["peak"] for run in mine)
        lines.append(
            f"- {cores} core{'s' * (cores > 1)}: full marks in {full} of {len(mine)} runs; {seconds} s, "
            f"at most {peak:,.0f} MiB."
        )
    lines += [
        "",
        "| practical | seconds on 2 cores (median, range) | on 1 core | slowest check |",
        "| --- | --- | --- | --- |",
    ]
    for practical in [f"p{n}" for n in range(1, 9)]:
        row = [practical[1:]]
        for cores in (2, 1):
            mine = [run["seconds"][practical] for run in runs if run["cores"] == cores]
            row.append(f"{statistics.median(mine):.0f} ({min(mine):.0f}–{max(mine):.0f})" if mine else "–")
        outcomes = [
            o for run in runs if run["cores"] == 2 for o in run["outcomes"] if o["question"].startswith(practical)
        ]
        slowest = {}
        for outcome in outcomes:
            slowest.setdefault(outcome["test"], []).append(outcome["seconds"])
        if slowest:
            name, times = max(slowest.items(), key=lambda item: statistics.median(item[1]))
            row.append(f"`{name}` {statistics.median(times):.1f} s")
        lines.append("| " + " | ".join(row) + " |")
    lines += [
        "",
        "| test | figure | threshold | measured | margin |",
        "| --- | --- | --- | --- | --- |",
        *_thresholds(runs),
    ]
    return "\n".join(lines)


def _thresholds(runs: list[dict]) -> list[str]:
    figures: dict[tuple, list[float]] = {}
    for run in runs:
        for outcome in run["outcomes"]:
            for name, value, low, high in outcome["figures"]:
                figures.setdefault((outcome["question"], outcome["test"], name, low, high), []).append(value)
    rows = []
    for (question, test, name, low, high), values in figures.items():
        if max(values) == min(values):  # decided by the contract, not by training
            continue
        wanted = f"at least {low:g}" if math.isfinite(low) else f"at most {high:g}"
        margin = min(values) - low if math.isfinite(low) else high - max(values)
        rows.append(f"| {question} `{test}` | {name} | {wanted} | {_spread(values, '.3g')} | {margin:.2g} |")
    return rows


def _spread(values: list[float], form: str) -> str:
    return f"{min(values):{form}}–{max(values):{form}}"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("run")
    command.add_argument("results", type=Path)
    command.add_argument("--seeds", default="1-20")
    command.add_argument("--cores", type=int, default=2)
    command.add_argument("--first-core", type=int, default=0)
    command = commands.add_parser("tables")
    command.add_argument("results", type=Path, nargs="+")
    options = parser.parse_args()
    if options.command == "run":
        first, _, last = options.seeds.partition("-")
        run(options.results, range(int(first), int(last or first) + 1), options.cores, options.first_core)
    else:
        print(tables([json.loads(line) for path in options.results for line in path.read_text().splitlines()]))


if __name__ == "__main__":
    main()
