"""The record of what validity.py has found, docs/validity.json, and digests of what each entry was made from."""

from __future__ import annotations

import ast
import hashlib
import json
import re
from functools import cache
from pathlib import Path

from mutants import mutants
from practicals import ASSIGNMENT, ROOT, patched_question, steps
from reach import reached

RECORD = ROOT / "docs" / "validity.json"
TESTS = ROOT / "tests"
PRACTICALS = [f"p{number}" for number in range(1, 9)]


class Record:
    """Entries by practical, kind ("wrong", "mutants" or "right") and name; every change is written at once."""

    def __init__(self, path: Path):
        self.path = path
        self.data = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}

    def entries(self, practical: str, kind: str) -> dict[str, dict]:
        return self.data.get(practical, {}).get(kind, {})

    def entry(self, practical: str, kind: str, name: str) -> dict:
        return self.entries(practical, kind).get(name, {})

    def write(self, practical: str, kind: str, name: str, entry: dict) -> None:
        self.data.setdefault(practical, {}).setdefault(kind, {})[name] = entry
        self._save()

    def set_theory(self, figures: dict) -> None:
        self.data["theory"] = figures
        self._save()

    def forget_others(self, practical: str) -> None:
        """Drops what belongs to solutions and mutants that are no more."""
        for kind, names in names_of(practical).items():
            kept = {name: entry for name, entry in self.entries(practical, kind).items() if name in names}
            self.data.setdefault(practical, {})[kind] = {name: kept[name] for name in names if name in kept}
        self._save()

    def stale(self, practical: str) -> list[str]:
        """Names of solutions and mutants that the record does not know, or knows in another state."""
        found = []
        for kind, names in names_of(practical).items():
            entries = self.entries(practical, kind)
            found += [f"{name} is no more" for name in entries if name not in names]
            for name, made_of in names.items():
                if entries.get(name, {}).get("made of") != made_of:
                    found.append(f"{name} has not been tried as it is now")
        return found

    def _save(self) -> None:
        text = json.dumps({key: self.data[key] for key in sorted(self.data)}, indent=1, ensure_ascii=False)
        made = self.path.with_suffix(".new")
        made.write_text(text + "\n", encoding="utf-8")
        made.replace(self.path)


def names_of(practical: str) -> dict[str, dict[str, str]]:
    """For every kind, the names of what there is to try, with the digest of each."""
    names = {}
    for kind in ("wrong", "right"):
        texts = {path.stem: path.read_text(encoding="utf-8") for path in solution_files(kind, practical)}
        names[kind] = {name: made_of(patched_question(text), text) for name, text in texts.items()}
    return {**names, "mutants": {mutant.name: made_of(mutant.question, mutant.name) for mutant in mutants([practical])}}


def solution_files(kind: str, practical: str) -> list[Path]:
    """The files in tests/wrong or tests/right for a practical."""
    return sorted((TESTS / kind).glob(f"{practical}_*.py"))


def made_of(question: str, text: str) -> str:
    """The digest of a solution, or of what makes a mutant, and of all that it was tried with."""
    return hashlib.sha256((_surroundings(question) + text).encode()).hexdigest()[:12]


def _code(source: str) -> str:
    """The source without comments and docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


@cache
def _surroundings(question: str) -> str:
    """Of all that decides what a solution of the question is told: cells, tests, checks, and the data that they name.

    Comments and docstrings are not among it, nor hints of hidden tests: the page takes these from the master.
    """
    mine = steps([question[:2]])
    texts = [_code(step.source) for step in mine if step.kind != "test"]
    texts += [test.text for test in reached(mine, question)]
    text = "\0".join(texts)
    names = {f"hidden/{name}.json" for name in re.findall(r"hidden_data\(['\"](\w+)['\"]\)", text)}
    names |= set(re.findall(r"(?:data|models)/\w[\w.]*", text))
    paths = [ASSIGNMENT / name for name in sorted({"checks.py", "expect.py", *names})]
    files = sorted(file for path in paths for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file())
    parts = [text.encode(), *(file.read_bytes() for file in files)]
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()
