"""Writes what the modules of this package make, for a new term with another seed."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

ASSIGNMENT = Path(__file__).resolve().parents[1]
MODULES = tuple(sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py")))


def main() -> None:
    """Runs the modules named on the command line, or all."""
    parser = argparse.ArgumentParser(prog="python -m assignment.make_data", description=__doc__)
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=f"some of {', '.join(MODULES)} (default: all)")
    parser.add_argument("--seed", type=int, default=2026, help="another seed gives another term's data (default: 2026)")
    options = parser.parse_args()
    unknown = set(options.modules) - set(MODULES)
    if unknown:
        parser.error(f"there is no module {sorted(unknown)[0]!r}")
    for name in options.modules or MODULES:
        made = importlib.import_module(f"{__package__}.{name}").make(options.seed)
        for path, contents in made.items():
            target = ASSIGNMENT / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(contents.encode() if isinstance(contents, str) else contents)
            print(f"wrote assignment/{path}")


if __name__ == "__main__":
    main()
