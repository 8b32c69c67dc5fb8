"""Makes a class: notebooks as Canvas exports them, by students of different ability, some of whom copy.

    python tests/tools/make_class.py FOLDER [--size 30] [--seed 1] [--assignment theory|practical] [--results]

Theory answers come from the marked answers, the held-out ones excepted; practical ones are the model's, other right
ones, or wrong ones. Who copied what from whom, and who handed in something odd, stands in FOLDER/class.json. With
`--results`, FOLDER/results holds graded results as well, without grading: theory answers are marked by the marker, and
of a practical solution is known which tests it fails. Nothing is run.

There are about 170 answers to a question. What is needed more than once is reworded, so large classes are less varied
than real ones.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import math
import random
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from class_work import Piece, Pool, edited, practical_pools, reworded, theory_pools  # noqa: E402

_FIRST = """Ada Amara Anouk Arjun Ayşe Bao Beatriz Chidi Chloé Daan Dilnoza Elif Emre Farah Femke Giulia Hana Hugo
Ines Ivan Jia Jonas José Kaito Katya Lamin Leila Liam Lucía Maja Marek Mei Milan Nadia Ngozi Niamh Noor Olga Omar
Paolo Priya Quinn Rasa Ravi Rosa Sanna Sizwe Sofía Tariq Thu Tomás Uma Vera Wei Xander Yara Yusuf Zofia""".split()
_LAST = """Abe Adeyemi Andersson Bakker Bauer Castro Chen Costa Dubois Ekström Fischer García Haddad Hoang Ito Jansen
Jovanović Kaya Khan Kim Kowalski Larsen Lindqvist Mbeki Mehta Moreau Müller Nagy Novák Okafor Olsen Ortiz Osman Park
Patel Popov Rahman Rossi Saito Santos Schmidt Silva Singh Suzuki Tanaka Tran Wang Weber Yilmaz Zhou""".split()
_TRIES = 12  # to find an answer that nobody has given yet
_COPY, _LATE = 0.06, 0.08  # shares of a class
_ODD = ("broken", "empty", "attack")  # one in a hundred of each, and at least one
_ATTACKS = {
    "theory": ("always_equal_object", "forged_results_file", "endless_loop_in_a_cell", "memory_bomb"),
    "practical": ("equal_objects_as_results", "expected_values_of_the_caller"),
}


@dataclass
class Student:
    """One of the class.

    Attributes:
        name, file: as Canvas has them.
        ability: 0 is average; in standard deviations.
        kind: "own", "copied", or one of the odd ones.
        copied_from, copied: whose file, and which questions.
        attack: name of the attack that stands in the notebook.
        work: question -> what stands in its cell: an answer's text, or code.
        fails: of a practical: question -> name of a test -> its message.
    """

    name: str
    file: str
    ability: float
    kind: str = "own"
    copied_from: str = ""
    copied: list[str] = field(default_factory=list)
    attack: str = ""
    work: dict[str, str] = field(default_factory=dict)
    fails: dict[str, dict[str, str]] = field(default_factory=dict)


def students(size: int, seed: int, assignment: str) -> list[Student]:
    """The class; the same seed makes the same one."""
    draw = random.Random(f"{assignment} {size} {seed}")
    pools = theory_pools() if assignment == "theory" else practical_pools()
    difficulty = {question: draw.gauss(0, 0.7) for question in pools}
    made = [_student(draw, number, assignment) for number in range(size)]
    used: dict[str, set[str]] = {question: set() for question in pools}
    for student in made:
        for question, pool in pools.items():
            share = 1 / (1 + math.exp(difficulty[question] - 0.7 - 1.3 * student.ability))
            piece = _fresh(draw, pool, share, used[question])
            text = piece.text
            if assignment == "theory" and text in used[question]:
                text = reworded(text, draw)
            if text and piece != pool.usual:
                used[question].add(piece.text)
            student.work[question], student.fails[question] = text, dict(piece.fails)
    _copy(draw, made, assignment)
    sources = {student.copied_from for student in made}
    for kind in _ODD:
        honest = [student for student in made if student.kind == "own" and student.file not in sources]
        for student in draw.sample(honest, min(len(honest), max(1, size // 100))):
            student.kind = kind
            student.attack = draw.choice(_ATTACKS[assignment]) if kind == "attack" else ""
    return made


def _fresh(draw: random.Random, pool: Pool, share: float, used: set[str]) -> Piece:
    """An answer that nobody has given yet, if one is found."""
    first, *others = (pool.draw(draw, share) for _ in range(_TRIES))
    if first.text not in used:
        return first
    return next((piece for piece in others if piece.text and piece.text not in used), first)


def _student(draw: random.Random, number: int, assignment: str) -> Student:
    first, last = draw.choice(_FIRST), draw.choice(_LAST)
    late = "_LATE" if draw.random() < _LATE else ""
    ids = f"{40_000 + 7 * number}_{900_000 + draw.randrange(90_000)}"
    file = f"{_plain(last + first)}{late}_{ids}_{assignment}.ipynb"
    return Student(f"{first} {last}", file, round(draw.gauss(0, 1), 2))


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.lower().replace("ı", "i"))
    return "".join(c for c in letters if c.isascii() and c.isalpha())


def _copy(draw: random.Random, made: Sequence[Student], assignment: str) -> None:
    """Some take a few to all answers of somebody else, and change a little."""
    for student in draw.sample(made, round(_COPY * len(made))):
        other = draw.choice([other for other in made if other is not student and other.kind == "own"])
        questions = list(student.work)
        student.copied = sorted(draw.sample(questions, draw.randint(len(questions) // 5, len(questions))))
        student.kind, student.copied_from = "copied", other.file
        for question in student.copied:
            text = other.work[question]
            student.work[question] = edited(text, draw) if assignment == "theory" else text
            student.fails[question] = other.fails[question]


def notebook(student: Student, blank: nbformat.NotebookNode, assignment: str) -> str:
    """The file that the student hands in."""
    if student.kind == "empty":
        return nbformat.writes(nbformat.v4.new_notebook())
    made, ids = copy.deepcopy(blank), "{}-answer" if assignment == "theory" else "{}-solution"
    cells = {cell.id: cell for cell in made.cells}
    for question, text in student.work.items():
        if text:
            number = question.removeprefix("q")
            cells[ids.format(question)].source = (
                f"answer_{number} = {_quoted(text)}" if assignment == "theory" else text
            )
    if student.attack:
        from attack_runs import attacks

        attack = next(attack for attack in attacks() if attack.name == student.attack)
        cells[ids.format(attack.on)].source = "\n\n".join(attack.cells)
    text = nbformat.writes(made)
    return text[: len(text) // 3] if student.kind == "broken" else text


def _quoted(text: str) -> str:
    plain = "\\" not in text and '"' not in text
    return f'"""\n{text}\n"""' if plain else repr(text)


def write(folder: Path, size: int, seed: int, assignment: str, results: bool) -> None:
    """Writes the notebooks, `class.json`, and results if wanted."""
    folder.mkdir(parents=True, exist_ok=True)
    made = students(size, seed, assignment)
    blank = nbformat.read(ROOT / "student" / f"{assignment}.ipynb", as_version=4)
    texts = {student.file: notebook(student, blank, assignment) for student in made}
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8")
    about = [{k: v for k, v in asdict(student).items() if k not in ("work", "fails")} for student in made]
    (folder / "class.json").write_text(json.dumps(about, indent=1, ensure_ascii=False), encoding="utf-8")
    if results:
        _write_results(folder / "results", made, texts, assignment)


def _write_results(folder: Path, made: Sequence[Student], texts: Mapping[str, str], assignment: str) -> None:
    from class_results import result

    folder.mkdir(exist_ok=True)
    for student in made:
        made_from = hashlib.sha256(texts[student.file].encode()).hexdigest()
        data = json.dumps(result(student, made_from, assignment), ensure_ascii=False)
        (folder / f"{student.file}.json").write_text(data, encoding="utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, default=30, help="students")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--assignment", choices=("theory", "practical"), default="theory")
    parser.add_argument("--results", action="store_true", help="write graded results, too")
    options = parser.parse_args()
    write(options.folder, options.size, options.seed, options.assignment, options.results)


if __name__ == "__main__":
    main()
