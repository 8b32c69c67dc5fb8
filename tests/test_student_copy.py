"""What students get: nothing that helps to cheat, everything that helps to work."""

from __future__ import annotations

import re

import nbformat
from conftest import ROOT
from nbclient import NotebookClient

from grading.responses import load_rubric, rubric_names

STUDENT_FILES = [
    path
    for path in sorted((ROOT / "student").rglob("*"))
    if path.is_file() and not path.name.startswith(".") and "models" not in path.parts
]


def _student_text() -> str:
    """All that stands in student/, notebooks as decoded text, white space folded."""
    text = ""
    for path in STUDENT_FILES:
        if path.suffix == ".ipynb":
            notebook = nbformat.read(path, as_version=4)
            text += "\n".join(cell.source for cell in notebook.cells) + "\n".join(
                notebook.metadata.otter.tests.values()
            )
        text += path.read_text(encoding="utf-8")
    return " ".join(text.split())


def test_no_solution_reaches_students(model_answers):
    text = _student_text()
    for n, answer in model_answers.items():
        words = answer.split()
        for start in range(0, len(words) - 6, 3):
            piece = " ".join(words[start : start + 6])
            assert piece not in text, f"question {n}: {piece!r}"


def test_no_solution_of_a_practical_reaches_students(practical):
    """No line of a solution that says something, unless students are given the same line elsewhere on purpose."""
    given = _student_text()
    marked = re.compile(r"^ *# BEGIN SOLUTION\n(.*?)^ *# END SOLUTION", re.DOTALL | re.MULTILINE)
    leaked = []
    for question in practical.questions:
        for source in question.solutions:
            bodies = marked.findall(source)
            assert bodies, question.name
            lines = [" ".join(line.split()) for body in bodies for line in body.splitlines()]
            leaked += [(question.name, line) for line in lines if len(line) > 40 and line in given]
    assert not leaked


def test_no_hidden_test_of_a_practical_reaches_students(practical):
    given = _student_text()
    for cell in practical.notebook.cells:
        if "hidden: true" in cell.source:
            (hint,) = re.findall(r'failure_message: "(.*)"', cell.source)
            (name,) = re.findall(r"^def (\w+)\(", cell.source, re.MULTILINE)
            assert hint not in given, cell.id
            question = cell.id.split("-")[0]
            assert f"def {name}(" not in practical_tests(question), cell.id


def practical_tests(question: str) -> str:
    notebook = nbformat.read(ROOT / "student" / "practical.ipynb", as_version=4)
    return notebook.metadata.otter.tests[question]


def test_no_hidden_test_reaches_students(theory):
    text = _student_text()
    for internal in (
        "grading.",
        "earns(",
        "earns_points",
        "hidden=True",
        "test_idea",
        "test_point",
        "SOLUTION",
        "BEGIN TEST",
    ):
        assert internal not in text
    sources = {cell.id: cell.source for cell in theory.notebook.cells}
    hints = {id: re.search(r'failure_message: "(.*)"', source) for id, source in sources.items()}
    hints = {id: found.group(1) for id, found in hints.items() if found}
    assert len(hints) == 54 + 6
    for id, hint in hints.items():
        assert hint not in text, id


def test_no_rubric_reaches_students():
    text = _student_text()
    for name in rubric_names():
        for idea in load_rubric(name).ideas:
            assert idea.says not in text
            for pattern in idea.means + idea.may_mean + idea.denied_by:
                if " " in pattern.source:  # a single concept, such as {softmax}, may stand in a formula
                    assert pattern.source not in text
    assert not [path for path in STUDENT_FILES if path.suffix == ".toml"]


def _run(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    folder = {"metadata": {"path": str(ROOT / "student")}}
    notebook.cells = [cell for cell in notebook.cells if "hand_in(" not in cell.source]
    NotebookClient(notebook, resources=folder, allow_errors=True, extra_arguments=["--log-level=ERROR"]).execute()
    return notebook


def _shown(notebook: nbformat.NotebookNode, id: str) -> str:
    cell = next(cell for cell in notebook.cells if cell.id == id)
    return "".join(output.get("text", "") or output.get("data", {}).get("text/plain", "") for output in cell.outputs)


def test_the_untouched_notebook_runs_and_says_what_to_do(student_notebook):
    notebook = _run(student_notebook)
    assert not [
        output for cell in notebook.cells for output in cell.get("outputs", ()) if output.output_type == "error"
    ]
    shown = _shown(notebook, "check-q5")
    assert "answer_5 is still empty. Write between the triple quotes" in " ".join(shown.split())
    assert "Traceback" not in shown


def test_a_good_answer_is_told_that_only_its_form_was_checked(student_notebook, model_answers):
    cell = next(cell for cell in student_notebook.cells if cell.id == "q8-answer")
    cell.source = f'answer_8 = """{model_answers[8]}"""'
    shown = _shown(_run(student_notebook), "check-q8")
    assert "has a good form. What it says is marked after you hand it in." in shown


def test_no_drawing_is_wider_than_the_page():
    """JupyterLab breaks longer lines in a window of 1,100 pixels."""
    for path in (path for path in STUDENT_FILES if path.suffix == ".ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            parts = cell.source.split("```")[1::2] if cell.cell_type == "markdown" else ()
            wide = [line for part in parts for line in part.splitlines() if len(line) > 96]
            assert not wide, f"{path.name}, {cell.id}"
