"""Files that are whole or absent, whatever ends us."""

from __future__ import annotations

from pathlib import Path

PART = ".part"  # the ending of what is not whole yet
LONGEST_NAME = 200  # bytes; most file systems allow 255


def replace_file(path: Path, text: str) -> None:
    """Writes the text, in UTF-8, in place of what the file held. What UTF-8 cannot hold becomes a question mark."""
    part = path.with_name(path.name + PART)
    part.write_text(text, encoding="utf-8", errors="replace", newline="")
    part.replace(path)
