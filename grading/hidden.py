"""The data that hidden tests use. It lies beside the rubrics and, like them, never reaches students."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HIDDEN = Path(__file__).resolve().parents[1] / "assignment" / "hidden"


def hidden_data(name: str) -> Any:
    """The contents of `assignment/hidden/<name>.json`, or of its copy in the autograder zip.

    Raises:
        FileNotFoundError: there is no such file.
    """
    return json.loads((HIDDEN / f"{name}.json").read_text(encoding="utf-8"))
