"""Proves the tests of the practicals: wrong solutions and mutants fail, other right solutions pass, again and again.

    python tests/tools/validity.py run [PRACTICAL …] [--kinds wrong right mutants] [--seeds N] [--trained-seeds N]
    python tests/tools/validity.py page        # writes docs/validity.md from the record, and measures theory
    python tests/tools/validity.py messages    # prints what students are told about every wrong solution

A run writes docs/validity.json after every solution, and does only what is missing there or was made from something
else: each entry carries a digest of the master's cells, the checks, the data and the solution. So a broken-off run can
go on.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time

from labour import Labour
from mutants import mutants
from practicals import ROOT, Test, patched_question, steps
from proof_page import page, problems
from record import PRACTICALS, RECORD, Record, made_of, solution_files

PAGE = ROOT / "docs" / "validity.md"
_MOST_SECONDS = 900  # for one solution


def run(
    record: Record, practicals: list[str], kinds: list[str], seeds: int, trained_seeds: int, cores: list[int]
) -> None:
    """Does what is missing in the record; right solutions on every number of cores, the rest on the first."""
    for practical in practicals:
        record.forget_others(practical)
        for number in cores:
            with Labour(practical, number) as labour:
                if "wrong" in kinds and number == cores[0]:
                    _wrong(record, labour)
                if "mutants" in kinds and number == cores[0]:
                    _mutants(record, labour)
                if "right" in kinds:
                    _right(record, labour, number, seeds, trained_seeds)


def _wrong(record: Record, labour: Labour) -> None:
    for path in solution_files("wrong", labour.practical):
        source = path.read_text(encoding="utf-8")
        digest, named = made_of(patched_question(source), source), named_checks(source)
        if record.entry(labour.practical, "wrong", path.stem).get("made of") == digest:
            continue
        job = {"question": patched_question(source), "source": source, "named": named, "until": "named"}
        answer = labour.do(job, _MOST_SECONDS)
        checks = {f"{test['question']} {test['test']}": test for test in answer["failed"]}
        entry = {
            "made of": digest,
            "question": job["question"],
            "says": source.split('"""')[1],
            "named": named,
            "public": [check for check, test in checks.items() if not test["hidden"]],
            "hidden": [check for check, test in checks.items() if test["hidden"]],
            "told": {check: test["message"] for check, test in checks.items()},
            "broken": answer["broken"],
            "seconds": answer["seconds"],
        }
        record.write(labour.practical, "wrong", path.stem, entry)
        print(f"{path.stem}: {', '.join(checks) or 'SURVIVED'}", flush=True)


def _mutants(record: Record, labour: Labour) -> None:
    for mutant in mutants([labour.practical]):
        digest = made_of(mutant.question, mutant.name)
        if record.entry(labour.practical, "mutants", mutant.name).get("made of") == digest:
            continue
        answer = labour.do({"question": mutant.question, "source": mutant.source, "until": "hidden"}, _MOST_SECONDS)
        by = sorted(answer["failed"], key=lambda test: not test["hidden"])
        entry = {
            "made of": digest,
            "killed by": f"{by[0]['question']} {by[0]['test']}" if by else "",
            "hidden": bool(by) and by[0]["hidden"],
            "seconds": answer["seconds"],
        }
        record.write(labour.practical, "mutants", mutant.name, entry)
        print(f"{mutant.name}: {entry['killed by'] or 'no test'}", flush=True)


def _right(record: Record, labour: Labour, cores: int, seeds: int, trained_seeds: int) -> None:
    for path in solution_files("right", labour.practical):
        source = path.read_text(encoding="utf-8")
        digest = made_of(patched_question(source), source)
        entry = record.entry(labour.practical, "right", path.stem)
        if entry.get("made of") != digest:
            entry = {"made of": digest, "question": patched_question(source), "says": source.split('"""')[1]}
            entry |= {"trained": False, "runs": {}, "rejected": {}, "seconds": 0}
        done = entry["runs"].setdefault(str(cores), [])
        for seed in range(1, seeds + 1):
            if seed in done or (entry["trained"] and seed > trained_seeds):
                continue
            job = {"question": entry["question"], "source": source, "seed": seed, "until": "all"}
            answer = labour.do(job, _MOST_SECONDS)
            entry["trained"] = entry["trained"] or answer["trained"]
            entry["seconds"] = max(entry["seconds"], answer["seconds"])
            done.append(seed)
            said = [f"{test['question']} {test['test']}: {test['message']}" for test in answer["failed"]]
            if said or answer["broken"]:
                entry["rejected"][f"seed {seed} on {cores}"] = said + answer["broken"]
                print(f"{path.stem}, seed {seed}, {cores} cores: REJECTED {said + answer['broken']}", flush=True)
            record.write(labour.practical, "right", path.stem, entry)
        print(f"{path.stem}: {len(done)} runs on {cores} cores", flush=True)


def named_checks(source: str) -> list[str]:
    """The checks that must catch a wrong solution, as its file says."""
    return re.search(r"^# caught by: (.+)$", source, re.MULTILINE).group(1).split(", ")


def theory() -> dict:
    """The figures of marking on the held-out answers."""
    command = [sys.executable, "-m", "grading", "agreement", "tests/answers/held-out.jsonl", "--json"]
    figures = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    del figures["ms_per_answer"]  # another one in every run
    return figures


def hints(practicals: list[str]) -> dict[str, str]:
    """What hidden tests say when they fail, by question and name."""
    tests = [Test(step) for step in steps(practicals) if step.kind == "test"]
    return {f"{test.question} {test.name}": test.hint for test in tests if test.hidden}


def messages(record: Record) -> str:
    """Everything that a student would read about the wrong solutions."""
    lines, hint = [], hints([])
    for practical in PRACTICALS:
        for name, entry in record.entries(practical, "wrong").items():
            lines += ["", f"### {name} ({entry['question']}): {entry['says']}"]
            for test, message in entry["told"].items():
                lines.append(f"{'HIDDEN' if test in hint else 'public'} {test}: {hint.get(test, '')}")
                lines.append("    " + message.replace("\n", "\n    "))
            lines += [f"    cell {cell}" for cell in entry["broken"]]
    return "\n".join(lines)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("run")
    command.add_argument("practicals", nargs="*", default=PRACTICALS, metavar="PRACTICAL")
    command.add_argument(
        "--kinds", nargs="+", choices=("wrong", "mutants", "right"), default=["wrong", "mutants", "right"]
    )
    command.add_argument("--seeds", type=int, default=20, help="for right solutions")
    command.add_argument("--trained-seeds", type=int, default=2, help="for those after which something is trained anew")
    command.add_argument("--cores", type=int, nargs="+", default=[2, 1])
    commands.add_parser("page")
    commands.add_parser("messages")
    options = parser.parse_args()
    record = Record(RECORD)
    if options.command == "run":
        began = time.monotonic()
        run(record, options.practicals, options.kinds, options.seeds, options.trained_seeds, options.cores)
        print(f"{time.monotonic() - began:.0f} s")
    elif options.command == "page":
        record.set_theory(theory())
        PAGE.write_text(page(record, hints([])), encoding="utf-8")
        found = [
            problem for practical in PRACTICALS for problem in record.stale(practical) + problems(record, practical)
        ]
        sys.exit("\n".join(found) or 0)
    else:
        print(messages(record))


if __name__ == "__main__":
    main()
