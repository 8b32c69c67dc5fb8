"""Says in words what became of an idea: to the student who wrote the answer, or to an instructor who tries a rubric."""

from __future__ import annotations

from .marking import Outcome, Verdict


def feedback(verdict: Verdict, hint: str = "") -> str:
    """One or two sentences on a verdict, with the student's own words; never a pattern, never the missing wording.

    Args:
        verdict: what was decided.
        hint: a question that points to where to look, shown where the idea was not recognised.
    """
    evidence = " ".join(verdict.evidence.split())
    if verdict.outcome is Outcome.CREDITED:
        return f"recognised in “{evidence}”."
    if verdict.outcome is Outcome.CONTRADICTED:
        return f"you wrote “{evidence}”, which says otherwise. {hint}".strip()
    if verdict.outcome is Outcome.FOR_A_MARKER:
        return f"a person will look at idea {verdict.idea}: {verdict.why}."
    return f"not recognised. If it is there, try saying it more plainly. {hint}".strip()
