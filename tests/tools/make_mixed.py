"""Makes the submissions of a small mixed class, for either assignment, out of the student version and the solutions.

In most of them some questions are solved, and one of these is in trouble.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
from attack_runs import attacks

from grading.archive import write_zip

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Plan:
    """What is made for an assignment.

    Attributes:
        answer: the id of a question's answer cell, as a format.
        solved: the questions that are solved.
        trouble: the one among them in which something is wrong.
        wrong: an answer to it that fails hidden tests only.
        attacks: names of attacks in `tests/attacks` on this question.
        keeps: beginnings of the ids of the code cells that a student with few solutions keeps; this saves time.
    """

    answer: str
    solved: tuple[str, ...]
    trouble: str
    wrong: str
    attacks: tuple[str, ...]
    keeps: tuple[str, ...] = ("",)


PLANS = {
    "theory": Plan(
        answer="{}-answer",
        solved=tuple(f"q{n}" for n in range(1, 11)),
        trouble="q8",
        wrong='answer_8 = "The decoder reads the source and compresses it, and then the encoder writes the target."',
        attacks=("always_equal_object", "forged_results_file", "forged_results_pickle"),
    ),
    "practical": Plan(
        answer="{}-solution",
        solved=("p7a", "p7b", "p7c", "p7d"),
        trouble="p7d",
        wrong=(ROOT / "tests" / "wrong" / "p7_all_four_in_a_row.py").read_text(encoding="utf-8"),
        attacks=("equal_objects_as_results", "expected_values_of_the_caller"),
        keeps=("otter-", "setup", "p7", "check-p7"),
    ),
}


def make(stem: str, folder: Path) -> None:
    """Writes the submissions to the assignment into the folder, named such that those that take longest come first."""
    plan = PLANS[stem]
    solutions, student = (
        nbformat.read(ROOT / kind / f"{stem}.ipynb", as_version=4) for kind in ("solutions", "student")
    )
    code = {cell.id: cell.source for cell in solutions.cells}
    ids = [plan.answer.format(question) for question in plan.solved]
    partial = _with_cells(_only(student, plan.keeps), {name: code[name] for name in ids})
    in_trouble = {
        "2-never-ends": "import time\n\nwhile True:\n    time.sleep(1)",  # leaves the processor to the others
        "4-fails-hidden": plan.wrong,
        "5-raises": "answer = unfinished + thought",
        **{f"6-{a.name}": "\n\n".join(a.cells) for a in attacks() if a.name in plan.attacks},
    }
    notebooks = {"1-perfect": solutions, "3-partial": partial, "7-untouched": student}
    for name, source in in_trouble.items():
        notebooks[name] = _with_cells(partial, {plan.answer.format(plan.trouble): source})
    texts = {name: nbformat.writes(notebook) for name, notebook in notebooks.items()}
    texts["8-empty"] = nbformat.writes(nbformat.v4.new_notebook())
    texts["9-broken"] = texts["3-partial"][:4_000]
    for name, text in texts.items():
        (folder / f"{name}.ipynb").write_text(text, encoding="utf-8")
    write_zip(folder / "3-partial-handed-in.zip", {f"{stem}.ipynb": texts["3-partial"].encode()})


def _with_cells(notebook: nbformat.NotebookNode, sources: Mapping[str, str]) -> nbformat.NotebookNode:
    """A copy in which these cells (id -> source) are changed."""
    notebook = copy.deepcopy(notebook)
    for cell in notebook.cells:
        cell.source = sources.get(cell.id, cell.source)
    return notebook


def _only(notebook: nbformat.NotebookNode, keeps: tuple[str, ...]) -> nbformat.NotebookNode:
    """A copy with only those code cells whose ids begin so."""
    notebook = copy.deepcopy(notebook)
    notebook.cells = [cell for cell in notebook.cells if cell.cell_type != "code" or cell.id.startswith(keeps)]
    return notebook
