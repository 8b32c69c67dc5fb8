"""The command line: `python -m grading COMMAND`."""

from __future__ import annotations

import argparse
import io
import json
import signal
import sys
from pathlib import Path

from .responses import agreement
from .responses.feedback import feedback
from .responses.intake import Unreadable, read_answer
from .responses.marking import mark, wrong_examples
from .responses.rubric import RUBRICS, load_rubric, rubric_names


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit status: 0, or 1 with a sentence on stderr that says what went wrong."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options) or 0
    except (ValueError, OSError) as error:  # all our own errors are ValueErrors; a disk may be full or a file missing
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; what `grade --to` has kept is not graded again", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m grading", description="Build and grade the assignment.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    command = commands.add_parser("build", help="from the masters to student/, autograder/ and solutions/")
    command.set_defaults(run=_build)

    command = commands.add_parser("grade", help="grade notebooks and print a table of points")
    command.add_argument(
        "submissions", nargs="*", type=Path,
        help="notebooks, zip files, folders of them, or what Gradescope, Canvas or Moodle export",
    )  # fmt: skip
    command.add_argument(
        "--to", type=Path, metavar="FOLDER", help="keep results, grades and a report here; go on where it was left"
    )
    command.add_argument("--cluster", metavar="ADDRESS", help="grade on the Dask cluster with this scheduler")
    command.add_argument(
        "--autograder", type=Path, metavar="ZIP", help="zip to grade with (default: the one in autograder/ that fits)"
    )
    command.add_argument("--for-marker", type=Path, metavar="CSV", help="write what waits for a person to this file")
    command.add_argument("--marks", type=Path, metavar="CSV", help="that file, filled in: count what it grants")
    command.set_defaults(run=_grade)

    command = commands.add_parser("report", help="write the report on a graded class")
    command.add_argument("folder", type=Path, help="what 'grade --to' has filled")
    command.add_argument("--anonymous", action="store_true", help="numbers instead of names, and no student's words")
    command.add_argument("--to", type=Path, metavar="FILE", help="the page (default: report.html in the folder)")
    command.set_defaults(run=_report)

    command = commands.add_parser("mark", help="mark one answer and say why")
    command.add_argument("question", help="such as q08")
    command.add_argument("answer", help="the text of the answer")
    command.set_defaults(run=_mark)

    rubric = commands.add_parser("rubric", help="work on rubrics").add_subparsers(metavar="ACTION", required=True)
    command = rubric.add_parser("check", help="mark the examples that stand in the rubrics")
    command.set_defaults(run=_check_rubrics)

    command = rubric.add_parser("learn", help="fit the learned recognisers to marked answers")
    command.add_argument("fitted", nargs="+", type=Path, help="marked answers, as for 'agreement'")
    command.add_argument(
        "--fresh", nargs="+", type=Path, required=True, help="more of them, by others, that no rule was fitted to"
    )
    command.set_defaults(run=_learn)

    command = commands.add_parser("agreement", help="compare the checker with answers that people have marked")
    command.add_argument("file", type=Path, help="one JSON object per line: question, text, ideas, points")
    command.add_argument("--json", action="store_true", help="print the figures alone")
    command.set_defaults(run=_agreement)
    return parser


def _build(options: argparse.Namespace) -> None:
    from .build import build  # Otter takes a second to import, which marking an answer need not wait for

    for path in build():
        print(f"wrote {path}")


def _grade(options: argparse.Namespace) -> None:
    from .batch import Folder, grade_class, on_this_machine
    from .exports import find_submissions
    from .grader import Autograder
    from .marker import grant, read_marks, write_requests
    from .table import table

    folder = Folder(options.to) if options.to else None
    marks = read_marks(options.marks) if options.marks else folder.marks() if folder else {}
    if folder and options.marks:  # a person has decided on what is there: nothing is graded anew
        folder.conclude(marks)
        decided = folder.marks()
        print(table([grant(result, decided) for result in folder.results()]))
        return
    if options.for_marker and options.for_marker.exists():
        read_marks(options.for_marker)  # what is wrong with it is better said now than after hours
    submissions = find_submissions(options.submissions)
    autograders = [Autograder.read(path) for path in _zips(options.autograder)]
    if options.cluster:
        from .cluster import on_cluster

        graders = on_cluster(options.cluster, autograders)
    else:
        graders = on_this_machine(autograders)
    with graders as (submit, at_once):
        results = grade_class(submissions, autograders, submit, at_once, folder)
    decided = folder.marks() if folder else marks  # what has been filled in meanwhile counts as well
    print(table([grant(result, decided) for result in results]))
    if options.for_marker:
        write_requests(options.for_marker, results, marks)
    if folder:
        folder.conclude()
    if folder and (others := {result.file for result in folder.results()} - {result.file for result in results}):
        some = ", ".join(sorted(others)[:5]) + ", …" * (len(others) > 5)
        print(f"\nThe grades and the report of {folder.path} also count what earlier runs have left there: {some}")


def _zips(named: Path | None) -> list[Path]:
    from .build import ROOT

    autograders = [named] if named else sorted((ROOT / "autograder").glob("*.zip"))
    if not autograders or not autograders[0].exists():
        raise FileNotFoundError(f"there is no {named or 'zip in autograder/'}: run 'make build' first")
    return autograders


def _report(options: argparse.Namespace) -> None:
    from .report import write

    page = options.to or options.folder / ("report-anonymous.html" if options.anonymous else "report.html")
    write(options.folder, page, options.anonymous)
    print(f"wrote {page}")


def _mark(options: argparse.Namespace) -> None:
    rubric = load_rubric(options.question)
    try:
        marking = mark(read_answer(options.answer), rubric)
    except Unreadable as error:
        raise ValueError(str(error)) from error
    print(f"{marking.points} of {rubric.full_marks} points")
    for verdict in marking.verdicts:
        print(f"  {verdict.idea}: {feedback(verdict)}")


def _check_rubrics(options: argparse.Namespace) -> int:
    wrong = []
    for name in rubric_names():
        rubric = load_rubric(name)
        wrong += [f"{name}: {line}" for line in wrong_examples(rubric)]
        print(f"{name}: {len(rubric.ideas)} ideas, {len(rubric.examples)} examples")
    print("\n".join(wrong) or "all examples are marked as they say")
    return 1 if wrong else 0


def _learn(options: argparse.Namespace) -> None:
    from .responses.learning import write

    fitted = [answer for path in options.fitted for answer in agreement.mark_file(path)]
    fresh = [agreement.mark_file(path) for path in options.fresh]
    write(fitted, fresh, RUBRICS / "learned.json")
    print(f"learned from {len(fitted) + sum(map(len, fresh))} answers")


def _agreement(options: argparse.Namespace) -> None:
    answers = agreement.mark_file(options.file)
    print(json.dumps(agreement.figures(answers)) if options.json else agreement.report(answers))


if __name__ == "__main__":
    for number in (signal.SIGTERM, signal.SIGHUP):  # a closed terminal, a cluster's scheduler: end as Ctrl+C does
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a student's name must not cost the table
    sys.exit(main())
