"""Makes tests/samples: submissions as a class would hand them in, put together from the marked answers.

Run it (`make samples`) after the student notebook has changed; a test compares what it makes with what is committed.
"""

from __future__ import annotations

import copy
import json
import random
import sys
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from grading.archive import write_zip  # noqa: E402

QUESTIONS = range(1, 21)
GAMING = ("stuffed", "copy", "bluff", "injection")


def marked_answers() -> dict[int, list[dict]]:
    """The development answers by question, in their order."""
    answers: dict[int, list[dict]] = {n: [] for n in QUESTIONS}
    for line in (ROOT / "tests" / "answers" / "development.jsonl").read_text(encoding="utf-8").splitlines():
        answer = json.loads(line)
        answers[answer["question"]].append(answer)
    return answers


def classes() -> dict[str, dict[int, str]]:
    """Name of a submission -> question -> answer."""
    marked = marked_answers()

    def of_kind(n: int, *kinds: str) -> list[str]:
        """Answers of the first of the kinds that the question has."""
        by_kind = [[answer["text"] for answer in marked[n] if answer["kind"] == kind] for kind in kinds]
        return next(texts for texts in by_kind if texts)

    def mixed(seed: int, kinds: tuple[str, ...]) -> dict[int, str]:
        pick = random.Random(seed)
        return {n: pick.choice([a["text"] for a in marked[n] if a["kind"] in kinds]) for n in QUESTIONS}

    return {
        "01-strong-plain": {n: of_kind(n, "full")[3] for n in QUESTIONS},
        "02-strong-long": {n: max(of_kind(n, "full"), key=len) for n in QUESTIONS},
        "03-strong-terse": {n: min(of_kind(n, "full"), key=len) for n in QUESTIONS},
        "04-hasty": {n: of_kind(n, "typo")[0] for n in QUESTIONS},
        "05-good": mixed(5, ("full", "full", "partial", "typo")),
        "06-mixed": mixed(6, ("full", "partial", "wrong")),
        "07-mixed": mixed(7, ("full", "partial", "swap", "bluff")),
        "08-weak": {n: of_kind(n, "partial")[0] for n in QUESTIONS},
        "09-wrong": {n: of_kind(n, "wrong", "offtopic", "swap", "negated", "bluff")[0] for n in QUESTIONS},
        "10-roles-swapped": {n: of_kind(n, "swap", "negated", "wrong", "offtopic", "bluff")[0] for n in QUESTIONS},
        "11-keyword-lists": {n: of_kind(n, "stuffed", *GAMING)[0] for n in QUESTIONS},
        "12-pleas-and-bluff": {n: of_kind(n, "injection", "bluff", *GAMING)[0] for n in QUESTIONS},
    }


def with_answers(blank: nbformat.NotebookNode, answers: dict[int, str]) -> nbformat.NotebookNode:
    """The student notebook with these answers written into their cells."""
    notebook = copy.deepcopy(blank)
    for n, text in answers.items():
        plain = "\\" not in text and '"' not in text
        literal = f'"""\n{text}\n"""' if plain else repr(text)
        _cell(notebook, n).source = f"answer_{n} = {literal}"
    return notebook


def _cell(notebook: nbformat.NotebookNode, n: int) -> nbformat.NotebookNode:
    return next(cell for cell in notebook.cells if cell.id == f"q{n}-answer")


def make(folder: Path) -> None:
    """Writes all samples into the folder."""
    blank = nbformat.read(ROOT / "student" / "theory.ipynb", as_version=4)
    made = classes()
    notebooks = {name: with_answers(blank, answers) for name, answers in made.items()}
    notebooks["13-untouched"] = copy.deepcopy(blank)
    notebooks["14-stops-half-way"] = _stops_half_way(blank, made["01-strong-plain"])
    notebooks["15-odd-values"] = _odd_values(blank, made["01-strong-plain"])
    notebooks["18-other-assignment"] = _other_assignment(blank)
    texts = {f"{name}.ipynb": nbformat.writes(notebook) + "\n" for name, notebook in notebooks.items()}
    texts["16-broken.ipynb"] = texts["01-strong-plain.ipynb"][:4_000]
    texts["17-no-cells.ipynb"] = nbformat.writes(nbformat.v4.new_notebook()) + "\n"
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    write_zip(
        folder / "19-exported.zip", {"theory.ipynb": texts["05-good.ipynb"].encode(), "__zip_filename__": b"x.zip"}
    )


def _stops_half_way(blank: nbformat.NotebookNode, answers: dict[int, str]) -> nbformat.NotebookNode:
    """Ten answers, then a cell that raises, and nothing after it."""
    notebook = with_answers(blank, {n: answers[n] for n in range(1, 11)})
    _cell(notebook, 11).source = "answer_11 = unfinished + thought"
    return notebook


def _odd_values(blank: nbformat.NotebookNode, answers: dict[int, str]) -> nbformat.NotebookNode:
    """What answer variables should not hold, in questions 1 to 8; the rest is answered well."""
    notebook = with_answers(blank, answers)
    sources = {
        1: "answer_1 = 42",
        2: "answer_2 = None",
        3: "answer_3 = 'attention ' * 100_000",
        4: "answer_4 = '\\x00\\x07\\x1b[31m' * 20",
        5: "answer_5 = 'ГПТ-2 читает слева направо, а БЕРТ смотрит в обе стороны.'",
        6: f"anwser_6 = {answers[6]!r}",
        7: "answer_7 = ['query', 'key', 'value']",
        8: "answer_8 = (",
    }
    for n, source in sources.items():
        _cell(notebook, n).source = source
    return notebook


def _other_assignment(blank: nbformat.NotebookNode) -> nbformat.NotebookNode:
    notebook = copy.deepcopy(blank)
    notebook.metadata["otter"]["assignment_name"] = "attention-practical"
    return notebook


if __name__ == "__main__":
    make(ROOT / "tests" / "samples")
