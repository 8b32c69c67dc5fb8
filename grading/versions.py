"""Which version of the assignment a notebook was made from, and whether this version can grade it."""

from __future__ import annotations

import re
from typing import Any

from . import __version__
from .submission import BadSubmission

KEY = "assignment_version"  # in a notebook's metadata
_VERSION = re.compile(r"(\d{1,9})\.\d+\.\d+\w*")


def made_with(metadata: Any) -> str | None:
    """The version that the build wrote into a notebook; None if it has none, as not every editor keeps metadata.

    Raises:
        BadSubmission: it is of another major version, whose questions or tests are not those of this one.
    """
    stamp = metadata.get(KEY) if isinstance(metadata, dict) else None
    found = _VERSION.fullmatch(stamp) if isinstance(stamp, str) else None
    if not found:
        return None
    stamp = found.group()
    if found.group(1) != __version__.partition(".")[0]:
        raise BadSubmission(
            f"the notebook was made from version {stamp[:20]} of the assignment, but this is version {__version__}. "
            "Copy your answers into the notebook that is handed out now, or ask your instructor"
        )
    return stamp
