"""The command line of those who write questions: `python -m grading.authoring COMMAND`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .clean import clean
from .new_question import new_question

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit status: 0, or 1 with a sentence on stderr that says what is wrong."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options) or 0
    except (ValueError, FileNotFoundError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m grading.authoring", description="Write questions.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    command = commands.add_parser("new-question", help="put a small question that works into its master")
    command.add_argument("name", help="such as q21 (theory), p3f (practical 3), p9a (a new practical)")
    command.set_defaults(run=_new_question)

    command = commands.add_parser("preview", help="show what students get in JupyterLab; runs no solution")
    command.add_argument("--only-write", action="store_true", help="write build/preview and stop")
    command.set_defaults(run=_preview)

    command = commands.add_parser("clean", help="take outputs out of masters; status 1 if there were any")
    command.add_argument("notebooks", nargs="+", type=Path)
    command.set_defaults(run=_clean)

    command = commands.add_parser("in-step", help="status 1 if a master is newer than what 'make build' has made of it")
    command.set_defaults(run=_in_step)
    return parser


def _new_question(options: argparse.Namespace) -> None:
    print("\n".join(new_question(options.name, ROOT)))


def _preview(options: argparse.Namespace) -> None:
    from .preview import has_display, serve, write_preview  # Otter takes a second to import

    folder = ROOT / "build" / "preview"
    write_preview(ROOT, folder, sorted(path.name for path in (ROOT / "assignment").glob("*.ipynb")))
    print(f"wrote {folder}", flush=True)
    if not options.only_write:
        serve(folder, browser=has_display())


def _clean(options: argparse.Namespace) -> int:
    cleaned = [path for path in options.notebooks if clean(path)]
    for path in cleaned:
        print(f"took outputs or notes of Jupyter out of {path}: add it again")
    return 1 if cleaned else 0


def _in_step(options: argparse.Namespace) -> int:
    from ..build import out_of_date

    behind = out_of_date(ROOT)
    for name in behind:
        print(f"{name} is not what 'make build' would write now")
    return 1 if behind else 0


if __name__ == "__main__":
    sys.exit(main())
