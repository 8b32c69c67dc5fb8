"""What the students of a made-up class hand in: pools of answers and code by how good they are, and small changes."""

from __future__ import annotations

import ast
import json
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[2]
_QUESTION = re.compile(r"^# question: (\w+)\n(?:# caught by: (.*)\n)?", re.MULTILINE)
_BLANK = 0.25  # share of blank answers among those worth nothing
_MODEL = 0.5  # share of students who solve a practical the usual way, of those who solve it

# Words that can change places without much harm to what is said.
_SAME = (
    ("so", "thus", "therefore", "hence"), ("because", "since", "as"), ("uses", "employs", "makes use of"),
    ("big", "large", "huge"), ("also", "too", "as well"), ("different", "various", "several"),
    ("but", "yet", "however"), ("important", "relevant", "essential"), ("only", "just", "merely"), ("each", "every"),
    ("makes", "renders"), ("helps", "is of help", "assists"), ("learns", "picks up", "acquires"),
    ("shows", "tells", "reveals"),
    ("a lot of", "much", "lots of"), ("then", "after that", "next"), ("while", "whereas"),
    ("whole", "entire", "complete"),
    ("can", "is able to"), ("text", "passage"), ("does", "performs"), ("gets", "receives", "obtains"),
    ("e.g.", "for example", "for instance", "such as"), ("the", "this", "that"), ("and", "and also", "plus"),
    ("of", "from"), ("with", "using"), ("in", "within"), ("a", "one", "some"), ("its", "the"),
    ("better", "more easily"),
)  # fmt: skip
_SWAPS = {word: [other for other in group if other != word] for group in _SAME for word in group}
_FILLERS = ("basically", "in fact", "of course", "really", "in a way", "usually", "simply", "I think", "in short")
_OFTEN, _SELDOM = 0.75, 0.15


@dataclass(frozen=True)
class Piece:
    """An answer, or code; of code, the tests that it fails (name -> message)."""

    text: str
    fails: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Pool:
    """The answers to a question by their share of its points: the last are worth all, the first nothing."""

    by_worth: Sequence[Sequence[Piece]]
    usual: Piece | None = None

    def draw(self, draw: random.Random, share: float) -> Piece:
        """An answer of a student who can expect this share of the points."""
        top = len(self.by_worth) - 1
        worth = sum(draw.random() < share for _ in range(top))
        if worth == 0 and draw.random() < _BLANK:
            return Piece("")
        if worth == top and self.usual and draw.random() < _MODEL:
            return self.usual
        near = min((n for n in range(top + 1) if self.by_worth[n]), key=lambda n: abs(n - worth))
        return draw.choice(self.by_worth[near])


def theory_pools() -> dict[str, Pool]:
    """Question -> the marked answers, without those held out and without batches made of near twins."""
    folder, found = ROOT / "tests" / "answers", {f"q{n}": {} for n in range(1, 21)}
    for path in [folder / "development.jsonl", *sorted(folder.glob("batch-[1-8].jsonl"))]:
        for line in path.read_text(encoding="utf-8").splitlines():
            answer = json.loads(line)
            found[f"q{answer['question']}"].setdefault(answer["points"], []).append(Piece(answer["text"]))
    return {
        question: Pool([by_points.get(points, []) for points in range(max(by_points) + 1)])
        for question, by_points in found.items()
    }  # fmt: skip


def practical_pools() -> dict[str, Pool]:
    """Question -> wrong and right code."""
    notebook = nbformat.read(ROOT / "solutions" / "practical.ipynb", as_version=4)
    model = {c.id.removesuffix("-solution"): c.source for c in notebook.cells if c.id.endswith("-solution")}
    right: dict[str, list[Piece]] = {question: [] for question in model}
    wrong: dict[str, list[Piece]] = {question: [] for question in model}
    told = _told()
    for kind, pieces in (("right", right), ("wrong", wrong)):
        for path in sorted((ROOT / "tests" / kind).glob("*.py")):
            patch = path.read_text(encoding="utf-8")
            head = _QUESTION.search(patch)
            question, caught = head.groups()
            fails = told.get(path.stem) or dict.fromkeys(re.findall(r"test_\w+", caught or ""), "")
            pieces[question].append(
                Piece(_with(model[question], patch[head.end() :]), fails if kind == "wrong" else {})
            )
    return {q: Pool([wrong[q], [*right[q], Piece(model[q])]], usual=Piece(model[q])) for q in model}


def _told() -> dict[str, dict[str, str]]:
    """Wrong solution -> the tests of its question that it failed when it was last tried, and what they said."""
    path = ROOT / "docs" / "validity.json"
    practicals = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {
        name: {
            test.split()[1]: message for test, message in tried["told"].items() if test.startswith(tried["question"])
        }
        for practical in practicals.values()
        for name, tried in practical.get("wrong", {}).items()
    }


def _with(solution: str, patch: str) -> str:
    """The solution with those of its functions replaced that the patch defines anew."""
    new = {node.name for node in ast.parse(patch).body if hasattr(node, "name")}
    lines = solution.splitlines()
    for node in ast.parse(solution).body:
        if getattr(node, "name", None) in new:
            start = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            lines[start - 1 : node.end_lineno] = [None] * (node.end_lineno - start + 1)
    kept = "\n".join(line for line in lines if line is not None).strip()
    return f"{kept}\n\n\n{patch.strip()}".strip()


def reworded(text: str, draw: random.Random) -> str:
    """The same in many other words, as somebody else might put it who has learned from the same book."""
    return _changed(_mixed(text, draw), draw, _OFTEN, fillers=0.12)


def edited(text: str, draw: random.Random) -> str:
    """The same with a few words changed, as somebody does who has copied it."""
    if not text:
        return text
    text = _mixed(text, draw) if draw.random() < 0.3 else text
    return _changed(text, draw, _SELDOM, fillers=0.02)


def _mixed(text: str, draw: random.Random) -> str:
    sentences = re.split(r"(?<=[.!?])\s+", text)
    draw.shuffle(sentences)
    return " ".join(sentences)


def _changed(text: str, draw: random.Random, share: float, fillers: float) -> str:
    words = []
    for word in text.split(" "):
        others = _SWAPS.get(word)
        words.append(draw.choice(others) if others and draw.random() < share else word)
        if word.isalpha() and draw.random() < fillers:
            words.append(draw.choice(_FILLERS))
    return " ".join(words)
