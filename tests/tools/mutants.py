"""Makes wrong solutions by machine: each mutant changes the model solution in one operator, number or line.

    python tests/tools/mutants.py [PRACTICAL …]      # lists them

Only what stands between `# BEGIN SOLUTION` and `# END SOLUTION` is changed, never a text or a signature. A line that
gives a name its first value is not removed: that only shows that Python complains about names without a value.
"""

from __future__ import annotations

import ast
import copy
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from practicals import Step, steps

_OPERATORS = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Pow: ast.Mult,
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.Mod: ast.Mult,
}  # fmt: skip
_SIGNS = {
    "Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "FloorDiv": "//", "Pow": "**", "Mod": "%", "BitAnd": "&",
    "BitOr": "|", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "Eq": "==", "NotEq": "!=", "In": "in",
    "NotIn": "not in", "Is": "is", "IsNot": "is not", "And": "and", "Or": "or",
}  # fmt: skip
_REMOVED = (ast.Expr, ast.AugAssign, ast.Raise, ast.Break, ast.Continue)


@dataclass(frozen=True)
class Mutant:
    """A changed solution cell.

    Attributes:
        name: where and what, such as "p7c, line 14 of random_swap: n -> n + 1"; the same with every version of Python.
        question: such as "p7c".
        line: the line as the model solution has it.
        source: the code of the cell.
    """

    name: str
    question: str
    line: str
    source: str


def mutants(practicals=()) -> list[Mutant]:
    """All mutants of the given practicals, in the order of the master."""
    found = [mutant for step in steps(practicals) if step.kind == "solution" for mutant in _of(step)]
    assert len({mutant.name for mutant in found}) == len(found)
    return found


def _of(step: Step) -> Iterator[Mutant]:
    lines = step.source.splitlines()
    inside, solution = set(), False
    for number, line in enumerate(lines, 1):
        if "# BEGIN SOLUTION" in line or "# END SOLUTION" in line:
            solution = "BEGIN" in line
        elif solution:
            inside.add(number)
    tree = ast.parse(step.source)
    nodes = list(ast.walk(tree))
    again = _assigned_again(tree)
    seen: dict[str, int] = {}
    sources = {ast.unparse(tree)}
    for place, node in enumerate(nodes):
        if getattr(node, "lineno", 0) not in inside:
            continue
        for what, change in [*_changes(node), *([("line removed", _pass)] if node in again else [])]:
            changed = copy.deepcopy(tree)
            change(list(ast.walk(changed))[place])
            source = ast.unparse(ast.fix_missing_locations(changed))
            if source in sources:  # `without not` and `condition turned round` may be the same
                continue
            sources.add(source)
            line = lines[node.lineno - 1].split("  # ")[0].strip()
            name = f"{step.question} `{line}`: {what}"
            seen[name] = seen.get(name, 0) + 1
            if seen[name] > 1:
                name += f" ({seen[name]})"
            yield Mutant(name, step.question, line, source)


def _assigned_again(tree: ast.AST) -> set[ast.AST]:
    """Assignments to parts of things, and to names that have a value already."""
    found = set()
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            known = {argument.arg for argument in function.args.args}
            assignments = [node for node in ast.walk(function) if isinstance(node, ast.Assign)]
            for node in sorted(assignments, key=lambda node: node.lineno):
                targets = [name for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)]
                stored = {name.id for name in targets if isinstance(name.ctx, ast.Store)}
                if stored <= known:
                    found.add(node)
                known |= stored
    return found


def _changes(node: ast.AST) -> Iterator[tuple]:
    """What can be changed at a node: a description, and a function that changes a copy of the node in place."""
    if isinstance(node, (ast.BinOp, ast.AugAssign, ast.BoolOp)) and type(node.op) in _OPERATORS:
        other = _OPERATORS[type(node.op)]
        yield _swap(type(node.op), other), lambda copied: setattr(copied, "op", other())
    if isinstance(node, ast.Compare):
        for i, operator in enumerate(node.ops):
            other = _OPERATORS[type(operator)]
            yield _swap(type(operator), other), lambda copied, i=i, other=other: copied.ops.__setitem__(i, other())
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Not)):
        sign = "-" if isinstance(node.op, ast.USub) else "not"
        yield f"without {sign}", _become(node.operand)
    if isinstance(node, ast.Constant):
        yield from _constants(node.value)
    if isinstance(node, (ast.If, ast.IfExp, ast.While)) and not _turns_by_operator(node.test):
        yield "condition turned round", _negate
    if isinstance(node, ast.Call):
        for i, keyword in enumerate(node.keywords):
            if keyword.arg:
                yield f"without {keyword.arg}=", lambda copied, i=i: copied.keywords.pop(i)
    if isinstance(node, ast.Slice):
        for bound in ("lower", "upper"):
            if getattr(node, bound) is not None:
                yield f"without {bound} bound", lambda copied, bound=bound: setattr(copied, bound, None)
    if isinstance(node, _REMOVED):
        yield "line removed", _pass
    if isinstance(node, ast.Return) and node.value is not None:
        yield "returns None", lambda copied: setattr(copied, "value", ast.Constant(None))
    if isinstance(node, ast.comprehension):
        for i in range(len(node.ifs)):
            yield "without if", lambda copied, i=i: copied.ifs.pop(i)


def _turns_by_operator(test: ast.expr) -> bool:
    """Whether another operator, which is a mutant anyway, turns the condition round."""
    return isinstance(test, ast.Compare) and isinstance(
        test.ops[0], (ast.Eq, ast.NotEq, ast.In, ast.NotIn, ast.Is, ast.IsNot)
    )


def _constants(value: object) -> Iterator[tuple]:
    if isinstance(value, bool):
        others: tuple = (not value,)
    elif isinstance(value, int):
        others = (value + 1, value - 1)
    elif isinstance(value, float):
        others = (value * 2, value / 2) if value else (1.0,)
    else:
        others = ()
    for other in others:
        yield f"{value} becomes {other}", lambda copied, other=other: setattr(copied, "value", other)


def _swap(one: type, other: type) -> str:
    return f"{_SIGNS[one.__name__]} becomes {_SIGNS[other.__name__]}"


def _become(operand: ast.expr):
    def change(copied: ast.AST) -> None:
        """Makes the unary operation +operand (or a double negation), which is the operand itself."""
        if isinstance(copied.op, ast.USub):
            copied.op = ast.UAdd()
        else:
            copied.operand = ast.UnaryOp(ast.Not(), copied.operand)

    return change


def _negate(copied: ast.AST) -> None:
    copied.test = ast.UnaryOp(ast.Not(), copied.test)


def _pass(copied: ast.AST) -> None:
    """Makes the statement one that does nothing; it stays what it is, because its parents hold it."""
    copied.__class__ = ast.Pass
    copied._fields = ()


def main() -> None:
    """Lists the mutants."""
    for mutant in mutants(sys.argv[1:]):
        print(mutant.name)


if __name__ == "__main__":
    main()
