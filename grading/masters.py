"""Reads master notebooks and explains what is wrong with one before Otter meets it.

Otter names the cell for some mistakes; others surface as a YAML or template error far from their cause, and a few
(a solution without markers, a quote in a hint) end in a leak or a broken test file. Those are caught here.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
import yaml

from .responses import load_rubric
from .responses.lexicon import LexiconError

TEST_CONFIG = re.compile(r'""" # BEGIN TEST CONFIG\n(.*?)\n""" # END TEST CONFIG\n', re.DOTALL)
_SOLUTION_MARK = re.compile(r"# (BEGIN )?SOLUTION")
_BREAKS_TEST_FILE = ('"', "\\", "\n")  # Otter pastes messages into Python code as they are


class MasterError(ValueError):
    """A master notebook that cannot be built; the message names notebook, cell and question."""


@dataclass(frozen=True)
class TestCell:
    """One test case: its function, whether it is hidden, and its points."""

    function: ast.FunctionDef
    hidden: bool
    points: float

    def calls(self, name: str) -> list[tuple]:
        """The constant arguments of every call of the function `name` in this test."""
        return [
            tuple(argument.value for argument in node.args if isinstance(argument, ast.Constant))
            for node in ast.walk(self.function)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
        ]


@dataclass(frozen=True)
class Question:
    """A question of a master: its name, points, solution cells and test cases."""

    name: str
    points: float
    solutions: tuple[str, ...]
    tests: tuple[TestCell, ...]


@dataclass(frozen=True)
class Master:
    """A master notebook that is ready to be built.

    Attributes:
        path: where it lies.
        config: its assignment configuration.
        notebook: the notebook itself, without outputs.
        questions: in order.
    """

    path: Path
    config: dict
    notebook: nbformat.NotebookNode
    questions: tuple[Question, ...]

    @property
    def rubrics(self) -> list[str]:
        """Names of the rubrics that its tests use."""
        return self._named_in_calls("earns")

    @property
    def hidden_data(self) -> list[str]:
        """Names of the files of hidden data that its tests use."""
        return self._named_in_calls("hidden_data")

    def _named_in_calls(self, function: str) -> list[str]:
        return sorted({call[0] for q in self.questions for test in q.tests for call in test.calls(function)})


def read_master(path: Path) -> Master:
    """Reads and checks a master notebook.

    Raises:
        MasterError: it cannot be built, and why, and where.
    """
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except Exception as error:  # nbformat raises many kinds, from JSON errors to missing keys
        raise MasterError(f"{path.name} is not a valid notebook: {str(error).splitlines()[0]}") from error
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    reader = _Reader(path, notebook)
    return Master(path, reader.config, notebook, tuple(reader.questions))


class _Reader:
    """Walks the cells once, keeping the block it is in."""

    def __init__(self, path: Path, notebook: nbformat.NotebookNode):
        self.path = path
        self.config: dict = {}
        self.questions: list[Question] = []
        self.block: str | None = None
        self.question: dict | None = None
        for self.number, self.cell in enumerate(notebook.cells, 1):
            self._cell()
        if self.question:
            raise self._error("the notebook ends before '# END QUESTION'")
        if not self.config.get("name"):
            raise MasterError(f"{path.name} has no '# ASSIGNMENT CONFIG' cell with a 'name'")

    def _error(self, message: str) -> MasterError:
        place = f"{self.path.name}, cell {self.number} ({self.cell.get('id', 'no id')})"
        if self.question:
            place += f", question {self.question['name']}"
        return MasterError(f"{place}: {message}")

    def _cell(self) -> None:
        source = self.cell.source
        if self.cell.cell_type == "raw":
            first = source.splitlines()[0].strip().upper() if source.strip() else ""
            if first == "# ASSIGNMENT CONFIG":
                self.config = self._yaml(source)
            elif first.startswith("# BEGIN "):
                self._begin(first.removeprefix("# BEGIN "), source)
            elif first.startswith("# END "):
                self._end(first.removeprefix("# END "))
        elif self.question and self.block == "SOLUTION" and self.cell.cell_type == "code":
            if not _SOLUTION_MARK.search(source):
                raise self._error(
                    "a solution cell without '# SOLUTION' or '# BEGIN SOLUTION' would reach students as it is"
                )
            self.question["solutions"].append(source)
        elif self.question and self.block == "TESTS":
            self.question["tests"].append(self._test(source))

    def _begin(self, kind: str, source: str) -> None:
        if kind == "QUESTION":
            if self.question:
                raise self._error("'# BEGIN QUESTION' before the last question has ended")
            config = self._yaml(source)
            if not config.get("name") or not isinstance(config.get("points"), (int, float)):
                raise self._error("a question needs 'name: …' and 'points: …' (a number)")
            if config["name"] in [question.name for question in self.questions]:
                raise self._error(f"there is already a question named {config['name']!r}")
            self.question = {"name": config["name"], "points": config["points"], "solutions": [], "tests": []}
        elif not self.question:
            raise self._error(f"'# BEGIN {kind}' outside a question")
        elif self.block:
            raise self._error(f"'# BEGIN {kind}' before '# END {self.block}'")
        else:
            self.block = kind

    def _end(self, kind: str) -> None:
        if kind == "QUESTION":
            if not self.question or self.block:
                raise self._error(
                    f"'# END QUESTION' {f'before # END {self.block}' if self.block else 'without a begin'}"
                )
            question = self.question
            self.questions.append(
                Question(question["name"], question["points"], tuple(question["solutions"]), tuple(question["tests"]))
            )
            self._check_question(self.questions[-1])
            self.question = None
        elif self.block != kind:
            raise self._error(f"'# END {kind}' without '# BEGIN {kind}'")
        else:
            self.block = None

    def _yaml(self, source: str) -> dict:
        try:
            config = yaml.safe_load(source) or {}
        except yaml.YAMLError as error:
            raise self._error(f"its settings are not valid YAML: {' '.join(str(error).split())}") from error
        if not isinstance(config, dict):
            raise self._error("its settings must be 'key: value' lines")
        return config

    def _test(self, source: str) -> TestCell:
        found = TEST_CONFIG.match(source)
        config = self._yaml(found.group(1)) if found else {}
        for key in ("success_message", "failure_message"):
            message = str(config.get(key, ""))
            wrong = [sign for sign in _BREAKS_TEST_FILE if sign in message]
            if wrong:
                raise self._error(f"{key} contains {wrong[0]!r}, which would break the test file")
        try:
            tree = ast.parse(source)
        except SyntaxError as error:
            raise self._error(f"the test does not compile: {error.msg} in line {error.lineno}") from error
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        if len(functions) != 1:
            raise self._error(f"a test cell holds one test function and a call of it, not {len(functions)} functions")
        test = TestCell(functions[0], bool(config.get("hidden", False)), config.get("points", 0))
        for (name,) in test.calls("hidden_data"):
            if not test.hidden:
                raise self._error("a public test uses hidden data, which students do not have")
            if not (self.path.parent / "hidden" / f"{name}.json").exists():
                raise self._error(f"there is no file {name}.json in hidden/")
        return test

    def _check_question(self, question: Question) -> None:
        points = sum(test.points for test in question.tests)
        if points != question.points:
            raise self._error(f"its tests give {points} points, but the question says {question.points}")
        if not question.solutions:
            raise self._error("it has no solution cell")
        self._check_rubric(question)

    def _check_rubric(self, question: Question) -> None:
        """A theory question and its rubric must agree on ideas and points."""
        used = [call for test in question.tests if test.hidden for call in test.calls("earns")]
        if not used:
            return
        try:
            rubric = load_rubric(used[0][0], self.path.parent / "rubrics")
        except LexiconError as error:
            raise self._error(str(error)) from error
        wanted = [idea.id for idea in rubric.ideas]
        tested = [call[1] for call in used]
        if tested != wanted:
            raise self._error(f"its hidden tests must take the ideas {wanted} of {rubric.name}, not {tested}")
        if rubric.full_marks != question.points:
            raise self._error(f"it says {question.points} points, {rubric.name}.toml says {rubric.full_marks}")
