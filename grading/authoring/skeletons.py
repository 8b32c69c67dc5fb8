"""What a new question starts from: a small question that works, to be replaced piece by piece."""

from __future__ import annotations

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

_QUESTION = "Example: what does a tokenizer do with a text, and what does the model get from it?"


def theory(number: int) -> list[NotebookNode]:
    """The cells of theory question `number`: its text, an answer, a check of its form, two ideas of a point each."""
    name, variable = f"q{number}", f"answer_{number}"
    prompt = f"## Question {number}\n\n**{_QUESTION}**\n\nSay what comes out.\n\n*2 points · 1 to 2 sentences*"
    form = f'''\
""" # BEGIN TEST CONFIG
points: 0
success_message: Your answer has a good form. What it says is marked after you hand it in.
""" # END TEST CONFIG
def test_form({variable}):
    from checks import has_good_form
    has_good_form({variable}, "{variable}", "{_QUESTION}")

test_form({variable})'''
    hints = {"a": "What happens to the text first?", "b": "In which form does a model read?"}
    ideas = {f"{name}-idea-{idea}": _idea(number, idea, hint) for idea, hint in hints.items()}
    answer = f'''\
# BEGIN SOLUTION NO PROMPT
{variable} = """
A tokenizer splits a text into tokens, which are words or parts of words. Then it turns
each token into a number, its id in the vocabulary.
"""
# END SOLUTION
\'\'\' # BEGIN PROMPT
{variable} = """
...
"""
\'\'\'; # END PROMPT'''
    return _question(name, 2, prompt, {f"{name}-answer": answer}, {f"{name}-form": form, **ideas})


def _idea(number: int, idea: str, hint: str) -> str:
    return f'''\
""" # BEGIN TEST CONFIG
hidden: true
points: 1
failure_message: "{hint}"
""" # END TEST CONFIG
def test_idea_{idea}(answer_{number}):
    from grading.responses import earns
    return earns(answer_{number}, "q{number:02d}", "{idea}")

test_idea_{idea}(answer_{number})'''


def rubric() -> str:
    """The rubric of the question that `theory` makes."""
    return f'''\
question = "{_QUESTION}"
full_marks = 2

[[idea]]
id = "a"
says = "A tokenizer cuts the text into tokens: words or parts of words."
means = ["{{cut_up}} ... {{token}}"]

[[idea]]
id = "b"
says = "Every token becomes a number, its id, and numbers are what the model gets."
means = ["{{token}} ... {{id_number}}"]

[concepts]                 # words that only this question needs; lexicon.toml has those of the field, such as {{token}}
cut_up = ["split*", "cut", "cuts", "cutting", "break", "breaks", "breaking", "chop*", "divid*"]
id_number = ["number", "numbers", "id", "ids", "integer*", "index", "indices"]

[[example]]
text = "It splits the text into words or subwords, and each token is replaced by an id."
ideas = ["a", "b"]

[[example]]
text = "The tokenizer breaks a sentence into tokens."
ideas = ["a"]

[[example]]
text = "It does not split anything into tokens."
ideas = []

[[example]]
text = "tokenizer, text, vocabulary, model"
ideas = []
'''


def card(number: int) -> NotebookNode:
    """The card that opens practical `number`."""
    text = f"""\
## Practical {number}: Title

| You build | Difficulty | Minutes | Points |
| --- | --- | --- | --- |
| what comes out of it | ●○○ | 45 | 1 |

At the end, say here what there is to look at."""
    return new_markdown_cell(text, id=f"p{number}-card")


def practical(name: str) -> list[NotebookNode]:
    """The cells of a question of a practical, such as "p3f": its text, a stub with its solution, a public and a hidden
    test."""
    part = name.removeprefix("p")
    function = f"question_{part}"
    prompt = f"""\
### {part}. Title (1 point)
Write `{function}`. Say what it is for.

<details><summary>Hint 1: where to look</summary>

The place in the documentation.
</details>
<details><summary>Hint 2: the steps</summary>

First this, then that.
</details>"""
    solution = f'''\
def {function}(words, n=3):
    """Finds the most frequent words.

    Args:
        words: list of str.
        n: how many words to return, at most.

    Returns:
        A list of str, the most frequent word first. Of words that come equally often,
        the one that comes first in `words` stands first.
    """
    # BEGIN SOLUTION
    return sorted(dict.fromkeys(words), key=words.count, reverse=True)[:n]
    # END SOLUTION'''
    public = f'''\
""" # BEGIN TEST CONFIG
points: 0
""" # END TEST CONFIG
def test_example({function}):
    import expect

    ask = "Which words come most often?"
    got = {function}(["sea", "ship", "sea", "ship", "wave"], n=2)
    expect.value("the two most frequent words", got, ["sea", "ship"], ask=ask)

test_example({function})'''
    hidden = f'''\
""" # BEGIN TEST CONFIG
hidden: true
points: 1
failure_message: "In which order do the words come, and how many of them?"
""" # END TEST CONFIG
def test_order({function}):
    import expect

    ask = "In which order do the words come, and how many of them?"
    words = ["b", "a", "c", "c", "b", "c"]
    expect.value("the result for six words", {function}(words), ["c", "b", "a"], ask=ask)
    expect.value("the result with n=1", {function}(words, n=1), ["c"], ask=ask)
    expect.value("the result for no words", {function}([]), [], ask=ask)

test_order({function})'''
    tests = {f"{name}-example": public, f"{name}-hidden-order": hidden}
    return _question(name, 1, prompt, {f"{name}-solution": solution}, tests)


def _question(
    name: str, points: int, prompt: str, solution: dict[str, str], tests: dict[str, str]
) -> list[NotebookNode]:
    return [
        new_raw_cell(f"# BEGIN QUESTION\nname: {name}\npoints: {points}", id=f"{name}-begin"),
        new_markdown_cell(prompt, id=f"{name}-prompt"),
        new_raw_cell("# BEGIN SOLUTION", id=f"{name}-begin-solution"),
        *(new_code_cell(source, id=id) for id, source in solution.items()),
        new_raw_cell("# END SOLUTION", id=f"{name}-end-solution"),
        new_raw_cell("# BEGIN TESTS", id=f"{name}-begin-tests"),
        *(new_code_cell(source, id=id) for id, source in tests.items()),
        new_raw_cell("# END TESTS", id=f"{name}-end-tests"),
        new_raw_cell("# END QUESTION", id=f"{name}-end"),
    ]
