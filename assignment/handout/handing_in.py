"""How far you are, and the file that you hand in. The last cells of both notebooks use this."""

import ast
import contextlib
import io
import json
import os
import re
import sys
import textwrap
import time
import zipfile
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
_LARGEST = 20 * 2**20  # bytes of a notebook that are read when it is marked
_SECONDS_TO_SAVE = 3
_WIDTH = 88  # signs to a line
_CHECK = re.compile(r"""\.check\(\s*["'](\w+)["']""")
_PLACEHOLDER = re.compile(r"^\s*(\.\.\.|…)\s*$", re.MULTILINE)
_NOTHING_YET = ("is still empty", "got nothing.", "got None", "returned None")


@dataclass(frozen=True)
class Question:
    """A question of the notebook: its name, the cell with the answer, and the cell with the check."""

    name: str
    answer: dict
    check: dict

    @property
    def passes(self):
        return "All test cases passed" in _shown(self.check)

    @property
    def unanswered(self):
        return not self.passes and (not _source(self.answer).strip() or bool(_PLACEHOLDER.search(_source(self.answer))))

    @property
    def unchecked(self):
        """Whether the answer has changed or run since its check, or the check has never run."""
        order = self.check.get("execution_count")
        return not order or not self.check.get("outputs") or (self.answer.get("execution_count") or 0) > order


def progress(name):
    """Runs all checks of the notebook `name` on what you have run so far, and prints what became of them."""
    import otter
    from IPython import get_ipython

    path, names = _notebook(name), get_ipython().user_ns
    if "grader" not in names:
        print("Nothing has run since the notebook was opened. Choose Run, Run All Above Selected Cell, and come back.")
        return
    grader = otter.Notebook(str(path))
    passed, look_again = [], []
    print("✓ passes its checks    ✗ look again    · nothing there yet\n")
    questions = _questions(_read(path))
    for _, row in groupby(questions, key=lambda question: _row(question.name)):
        line = ""
        for question in row:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                results = grader.check(question.name, names).test_case_results
            messages = [result.message for result in results if not result.passed]
            empty = all(any(sign in " ".join(text.split()) for sign in _NOTHING_YET) for text in messages)
            line += f"{'✓' if not messages else '·' if empty else '✗'} {question.name:6}"
            if not messages:
                passed.append(question.name)
            elif not empty:
                look_again.append((question.name, messages[0]))
        print(line.rstrip(), flush=True)
    print(f"\n{len(passed)} of {len(questions)} questions pass their checks. Points come from what is marked later.")
    if look_again:
        name, message = look_again[0]
        print(f"Look again first at {name}:\n\n{_hint(message)}")


def hand_in(name):
    """Saves the notebook `name`, packs it into a zip file, and says what you may have forgotten."""
    if "google.colab" in sys.modules:
        print("On Colab: choose File, Download, Download .ipynb. That file is what you hand in.")
        return
    path = _notebook(name)
    saved = _save(path)
    try:
        notebook = _read(path)
    except (OSError, ValueError) as error:
        print(f"{path.name} cannot be read ({error}). Save it (Ctrl+S; on a Mac, Cmd+S) and run this cell again.")
        return
    packed = path.with_name(f"{path.stem}-hand-in.zip")
    outputs = _pack(path, notebook, packed)
    version = notebook.get("metadata", {}).get("assignment_version", "unknown")
    when = "just now" if saved else time.strftime("at %H:%M", time.localtime(_saved_at(path)))
    print(f"{packed.name} is ready: {path.name}, version {version}, saved {when}{outputs}.")
    forgotten = [*_forgotten(notebook), *_not_as_run(notebook, saved)]
    if forgotten:
        print("\nBefore you hand it in:")
        for line in forgotten:
            print(textwrap.fill(line, _WIDTH, initial_indent="  - ", subsequent_indent="    "))
        print("\nYou may hand it in as it is. If you change something, run this cell again.")
    else:
        print(f"All {len(_questions(notebook))} questions pass their checks.")
    _link(packed)


def _notebook(name):
    """The notebook that is running, which may be a copy under another name."""
    from IPython import get_ipython

    names = getattr(get_ipython(), "user_ns", {})
    for running in (os.environ.get("JPY_SESSION_NAME"), names.get("__vsc_ipynb_file__")):
        if running and (FOLDER / Path(running).name).is_file():
            return FOLDER / Path(running).name
    return FOLDER / name


def _save(path):
    """Has JupyterLab save the notebook, and says whether it did; other programs have to be asked by hand."""
    if "JPY_SESSION_NAME" not in os.environ:
        return False
    before = _saved_at(path)
    try:
        from ipylab import JupyterFrontEnd  # comes with Otter

        JupyterFrontEnd().commands.execute("docmanager:save")
    except Exception:
        return False
    deadline = time.monotonic() + _SECONDS_TO_SAVE
    while time.monotonic() < deadline:
        time.sleep(0.1)
        if _saved_at(path) != before:
            with contextlib.suppress(OSError, ValueError):  # half written
                return bool(_read(path))
    return False


def _saved_at(path):
    return path.stat().st_mtime if path.exists() else 0


def _read(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise ValueError("it is no notebook")
    return notebook


def _pack(path, notebook, packed):
    """Writes the zip file; says so if outputs had to stay behind."""
    data, left_out = path.read_bytes(), ""
    if len(data) > _LARGEST:
        bare = [{**cell, "outputs": []} if cell.get("cell_type") == "code" else cell for cell in notebook["cells"]]
        data = json.dumps({**notebook, "cells": bare}).encode()
        left_out = ", without its outputs, which are too large; marking runs the cells again"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(path.name, data)
    return left_out


def _forgotten(notebook):
    """What is not done yet, by what the saved notebook shows."""
    questions = _questions(notebook)
    if not questions:
        yield "This notebook has none of the checks. Is it the one that you have worked in?"
    began = [question for question in questions if not question.unanswered]
    unchecked = [question for question in began if question.unchecked]
    fails = [question for question in began if not question.passes and not question.unchecked]
    for what, found in (
        ("Not answered yet", [question for question in questions if question.unanswered]),
        ("The check does not pass", fails),
        ("Not checked since the last change", unchecked),
    ):
        if found:
            names = ", ".join(question.name for question in found)
            yield f"{what}: {names if len(found) < len(questions) else f'all {len(questions)} questions'}"
    known = [cell for question in questions for cell in (question.answer, question.check)]
    given = [cell for cell in _code(notebook) if cell not in known and "otter_ignore" not in _tags(cell)]
    if not_run := [cell for cell in given if not cell.get("execution_count")]:
        first = _source(not_run[0]).strip().splitlines()[0]
        yield f"Cells that have not run: {len(not_run)}. The first one begins with: {first}"


def _not_as_run(notebook, saved):
    """Answers that stand in the file otherwise than they have last run: not saved, or changed and not run again."""
    from IPython import get_ipython

    history = getattr(getattr(get_ipython(), "history_manager", None), "input_hist_raw", [])
    last = {name: source for source in history for name in _defined(source)}
    other = [question.name for question in _questions(notebook) if _differs(_source(question.answer), last)]
    if other and saved:
        yield f"Changed, but not run since: {', '.join(other)}"
    elif other:
        yield f"The saved file differs from what you last ran in: {', '.join(other)}. Save it (Ctrl+S; on a Mac, Cmd+S)"


def _differs(source, last):
    return any(last.get(name, source).strip() != source.strip() for name in _defined(source))


def _questions(notebook):
    """The questions in order; the answer is the code cell before the check."""
    cells = _code(notebook)
    found = {
        name: Question(name, cells[max(0, number - 1)], cell)
        for number, cell in enumerate(cells)
        for name in _CHECK.findall(_source(cell))
    }
    return list(found.values())


def _code(notebook):
    cells = (cell for cell in notebook["cells"] if isinstance(cell, dict) and cell.get("cell_type") == "code")
    return [cell for cell in cells if _source(cell).strip()]


def _defined(source):
    """The names that a cell gives values or functions to."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return set()
    targets = [target.id for node in tree.body if isinstance(node, ast.Assign)
               for target in node.targets if isinstance(target, ast.Name)]  # fmt: skip
    return {*targets, *(node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef)))}


def _source(cell):
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def _tags(cell):
    return cell.get("metadata", {}).get("tags", [])


def _shown(cell):
    return json.dumps([output.get("data", {}).get("text/plain", "") for output in cell.get("outputs", [])])


def _row(name):
    """Questions of one practical share a row; others stand five to a row."""
    return name[:-1] if name[-1].isalpha() else (int(re.sub(r"\D", "", name) or 0) - 1) // 5


def _hint(message):
    """What a check says, without the line of the test."""
    return re.sub(r"^\w+: ", "", message.split("\n", 3)[-1])


def _link(path):
    from IPython.display import HTML, display

    display(HTML(f'<a href="{path.name}" download="{path.name}">Download {path.name}</a>'))
