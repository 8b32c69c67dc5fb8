"""Form checks for written answers. They look at the form of an answer only: whether it is right is marked later."""

import re
import textwrap

SHORTEST = 4  # words
LONGEST = 6_000  # characters

_FUNCTION_WORDS = frozenset(
    """
    a an the this that these those it its they their which who is are was be been has have do does can not of to
    in into on at by for from with without over as like than and or but so if when while because since then each
    every all both one other another only also just more very there what how where no we you i my he him his
    """.split()
)
_RELATIONS = re.compile(r"->|→|=|:|>>|\||~|↔")
_PLACEHOLDERS = ("", "...", "…")


class Hint(AssertionError):
    """What a check has to tell the student, in lines that a notebook does not break in the middle of a word."""

    def __init__(self, message):
        super().__init__(textwrap.fill(message, 76))


def has_good_form(answer, name, question):
    """Raises a Hint unless `answer`, the value of variable `name`, can be an answer to `question`, right or wrong."""
    is_a_text(answer, name)
    says_something(answer)
    goes_beyond(answer, question)


def is_a_text(answer, name):
    """Raises a Hint unless `answer` is a text of a sensible length in English."""
    if answer is None:
        raise Hint(
            f"expected a text in {name}, got nothing. Is the variable still called {name}, and has its cell run?"
        )
    if not isinstance(answer, str):
        raise Hint(
            f"expected {name} to be a text in quotes, got {type(answer).__name__}. Are the triple quotes in place?"
        )
    if answer.strip() in _PLACEHOLDERS:
        raise Hint(f"{name} is still empty. Write between the triple quotes, run that cell, then run this check again.")
    if len(answer) > LONGEST:
        raise Hint(
            f"expected at most {LONGEST:,} characters in {name}, got {len(answer):,}. Which sentences matter most?"
        )
    letters = [letter for letter in answer if letter.isalpha()]
    if sum(letter < "ɐ" or "α" <= letter.lower() <= "ω" for letter in letters) < 0.7 * len(letters) or not letters:
        raise Hint(f"expected {name} in English, got mostly other signs. Could you write it in English words?")
    words = re.findall(r"\w+", answer)
    if len(words) < SHORTEST and not _RELATIONS.search(answer):
        raise Hint(
            f"expected at least one sentence in {name}, got {len(words)} word(s). What would you tell a classmate?"
        )


def says_something(answer):
    """Raises a Hint if `answer` is a row of terms that does not say anything about them."""
    words = re.findall(r"[^\W\d_]+", answer.lower())
    if len(words) < 6 or _RELATIONS.search(answer):
        return
    joined = sum(word in _FUNCTION_WORDS for word in words)
    if joined < 0.06 * len(words):  # lists have 0.00 to 0.04; the tersest real answer of 260 has 0.07
        raise Hint(
            f"expected sentences, got a list of terms ({len(words)} words, {joined} of them small words such as 'the', "
            "'of' or 'is'). What do these things do, and to what?"
        )


def goes_beyond(answer, question):
    """Raises a Hint if `answer` uses hardly any word that is not in the `question` already."""
    asked = {_stem(word) for word in re.findall(r"[^\W_]+", question.lower())}
    content = {_stem(word) for word in re.findall(r"[^\W_]+", answer.lower()) if word not in _FUNCTION_WORDS}
    new = content - asked
    if len(content) >= 3 and len(new) <= 0.25 * len(content):
        raise Hint(
            f"expected something that the question does not say yet, got {len(content) - len(new)} of {len(content)} "
            "different words from the question itself. What would you add if a classmate asked why?"
        )


def _stem(word):
    return word[:5]
