"""What submissions are called on the page: by student and file, or by numbers that nobody can trace."""

from __future__ import annotations

import builtins
import re
from collections.abc import Sequence

from .records import Submission

# Why a submission could not be graded, in words that can hold nothing of the student's.
_KINDS = {
    r"is not a notebook|damaged notebook": "it is no notebook, or a damaged one",
    r"no code cells": "it has no code cells",
    r"zip": "it is no zip file with exactly one notebook",
    r"exactly one": "it is not exactly one notebook",
    r"is for ": "it was made for another assignment",
    r"longer than": "it took too long",
    r"MiB": "it is too large",
    r"cannot be read": "it cannot be read",
}


class Names:
    """The names of a class.

    Args:
        submissions: the class.
        anonymous: whether to number them instead, in an order that is random but stays the same from page to page.
    """

    def __init__(self, submissions: Sequence[Submission], anonymous: bool):
        self.anonymous = anonymous
        numbered = sorted(submissions, key=lambda submission: submission.shuffled)
        self._numbers = {id(submission): number for number, submission in enumerate(numbered, 1)}

    def ordered(self, submissions: Sequence[Submission]) -> list[Submission]:
        """By file name, or by number."""
        number = self._numbers
        return sorted(submissions, key=lambda s: number[id(s)] if self.anonymous else s.file)

    def name(self, submission: Submission) -> str:
        """Who handed it in, or the file where nobody knows."""
        if self.anonymous:
            return f"Submission {self._numbers[id(submission)]}"
        return submission.student or submission.file

    def file(self, submission: Submission) -> str:
        """The file, where that is not the name already."""
        return "" if self.anonymous or not submission.student else submission.file

    def error(self, submission: Submission) -> str:
        """Why it could not be graded."""
        error = submission.error or ""
        if not self.anonymous:
            return error.removeprefix(f"{submission.file} ")
        error = error.replace(submission.file, "")
        return next((kind for pattern, kind in _KINDS.items() if re.search(pattern, error)), "it could not be graded")

    def raised(self, words: str) -> str:
        """What a cell raised; in an anonymous report the kind, if it is Python's own: a message can hold anything."""
        kind = words.partition(":")[0]
        return words if not self.anonymous else kind if hasattr(builtins, kind) else "an error of another kind"

    def note(self, submission: Submission, note: str) -> str:
        """A note of the grading process, without what could name the submission."""
        names = (submission.file, submission.student) if self.anonymous else ()
        for name in filter(None, names):
            note = note.replace(name, "…")
        return note
