"""The report on a class: one page that needs no network and runs no script."""

from __future__ import annotations

from pathlib import Path

from ..files import replace_file
from .records import read


def write(results: Path, page: Path, anonymous: bool = False) -> None:
    """Writes the report on a graded class.

    Args:
        results: the folder that `grade --to` has filled.
        page: the HTML file to write.
        anonymous: numbers instead of names, and nothing that a student has written.

    Raises:
        FileNotFoundError: there are no results.
        ValueError: a result cannot be read.
    """
    from .page import render  # NumPy takes a moment to import, which other commands need not wait for

    html = render(read(results), anonymous)
    replace_file(page, html)
