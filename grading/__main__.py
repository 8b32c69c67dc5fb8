"""The command line: `python -m grading build` and `python -m grading grade SUBMISSIONS…`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .build import ROOT, build
from .grade import find_submissions, grade_all
from .masters import MasterError
from .table import table


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit status: 0, or 1 with a sentence on stderr that says what went wrong."""
    parser = argparse.ArgumentParser(prog="python -m grading", description="Build and grade the assignment.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("build", help="from the masters to student/, autograder/ and solutions/")
    grading = commands.add_parser("grade", help="grade notebooks and print a table of points")
    grading.add_argument("submissions", nargs="+", type=Path, help="notebooks, zip files, or folders of them")
    grading.add_argument(
        "--autograder",
        type=Path,
        default=ROOT / "autograder" / "theory.zip",
        help="zip to grade with (default: theory)",
    )
    options = parser.parse_args(arguments)
    try:
        if options.command == "build":
            for path in build():
                print(f"wrote {path}")
        else:
            if not options.autograder.exists():
                raise FileNotFoundError(f"there is no {options.autograder}: run 'make build' first")
            print(table(list(grade_all(find_submissions(options.submissions), options.autograder))))
    except (MasterError, FileNotFoundError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
