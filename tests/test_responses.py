"""The short-answer engine, one mechanism a test, on small rubrics of its own."""

from __future__ import annotations

import pytest

from grading.responses import Outcome, Unreadable, mark, read_answer
from grading.responses.clauses import split_clauses
from grading.responses.intake import LONGEST_ANSWER
from grading.responses.lexicon import Lexicon, LexiconError
from grading.responses.rubric import load_rubric
from grading.responses.spelling import Speller
from grading.responses.text import tokenize

LEXICON = """
known = ["world"]
[concepts]
encoder = ["encoder"]
decoder = ["decoder"]
read = ["read*", "take* in"]
write = ["write*", "generat*"]
input = ["input", "source sentence"]
output = ["output", "text"]
no = ["no", "without"]
recurrence = ["recurrence", "loop*"]
"""
RUBRIC = """
question = "Who does what?"
full_marks = 2
[subjects]
encoder = ["{encoder}"]
decoder = ["{decoder}"]
[[idea]]
id = "a"
says = "The encoder reads the input."
about = "encoder"
means = ["{read} {input}"]
denied_by = ["{write} {output}"]
[[idea]]
id = "b"
says = "The decoder writes the output."
about = "decoder"
means = ["{write} {output}"]
may_mean = ["produces the result"]
"""


@pytest.fixture
def rubric(tmp_path):
    """Writes a lexicon and a rubric and loads the rubric."""

    def load(text=RUBRIC, lexicon=LEXICON):
        (tmp_path / "lexicon.toml").write_text(lexicon, encoding="utf-8")
        (tmp_path / "q01.toml").write_text(text, encoding="utf-8")
        load_rubric.cache_clear()
        return load_rubric("q01", tmp_path)

    yield load
    load_rubric.cache_clear()


# --- text ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "sentences"),
    [
        ("It's pre-trained, isn't it?", [["it", "'s", "pre", "trained", ",", "is", "not", "it"]]),
        ("text ==> vector → text", [["text", "->", "vector", "->", "text"]]),
        ("a <--> b", [["a", "<->", "b"]]),
        ("w/o recurrence, e.g. LSTMs.", [["without", "recurrence", ",", "e", "g", "lstms"]]),
        ("Encoder:\n- reads\n- stores", [["encoder", ":"], ["reads"], ["stores"]]),
        ("Naïve ﬁne-tuning of GPT-2", [["naive", "fine", "tuning", "of", "gpt", "2"]]),
        ("1.5 billion. And so on", [["1.5", "billion"], ["and", "so", "on"]]),
    ],
)
def test_an_answer_becomes_sentences_of_normalised_tokens(answer, sentences):
    assert [[token.text for token in sentence if token.text != "-"] for sentence in tokenize(answer)] == sentences


def test_a_wrapped_line_is_no_end_of_a_sentence():
    wrapped = "This is a rather long line of an answer that somebody has broken\nbecause it would not fit."
    assert len(tokenize(wrapped)) == 1


def test_tokens_remember_their_place():
    answer = "The  Encoder’s input"
    (sentence,) = tokenize(answer)
    assert [answer[token.start : token.end] for token in sentence] == ["The", "Encoder’s", "Encoder’s", "input"]


# --- spelling --------------------------------------------------------------------------------------------------------

VOCABULARY = {"encoder", "decoder", "unidirectional", "bidirectional", "sequence", "parallel", "generate", "word"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("encdoer", "encoder"),
        ("seqence", "sequence"),
        ("paralel", "parallel"),
        ("genrate", "generate"),
        ("unidirectionl", "unidirectional"),
    ],
)
def test_slips_are_repaired(typed, meant):
    assert Speller(VOCABULARY, set()).repair(typed) == meant


@pytest.mark.parametrize(
    "word", ["encoder", "decoder", "bidirectional", "unidirectional", "ncoder", "world", "banana", "x" * 50]
)
def test_words_are_not_turned_into_their_opposite_or_into_others(word):
    repaired = Speller(VOCABULARY, {"world"}).repair(word)
    assert repaired == word or (word, repaired) == ("ncoder", "encoder")


# --- clauses ---------------------------------------------------------------------------------------------------------

SUBJECTS = Lexicon({"@encoder": ["encoder"], "@decoder": ["decoder"]})


@pytest.mark.parametrize(
    ("answer", "subjects"),
    [
        ("The encoder reads and the decoder writes.", ["encoder", "decoder"]),
        ("The encoder reads, whereas the decoder writes.", ["encoder", "decoder"]),
        ("Encoder: reads. Decoder: writes.", ["encoder", "decoder"]),
        ("Encoder\n- reads\nDecoder\n- writes", ["encoder", "encoder", "decoder", "decoder"]),
        ("The encoder reads. It stores what it reads.", ["encoder", "encoder"]),
        (
            "There is an encoder and a decoder. The former reads, the latter writes.",
            ["decoder+encoder", "encoder", "decoder"],
        ),
        ("The encoder and the decoder read and write, respectively.", ["encoder", "decoder"]),
        ("Unlike the decoder, the encoder reads.", ["", "encoder"]),
        ("Both read; the encoder and decoder.", ["decoder+encoder", "decoder+encoder"]),
        ("It is passed to the decoder, which writes.", ["", "decoder"]),
        ("The encoder makes a vector that the decoder uses.", ["encoder", "decoder"]),
        ("The text is read by the encoder and the reply is written by the decoder.", ["encoder", "decoder"]),
        ("The decoder gets the encoder's state and writes.", ["decoder"]),
        ("In the encoder all words are read.", ["encoder"]),
    ],
)
def test_clauses_know_their_subjects(answer, subjects):
    clauses = split_clauses(tokenize(answer), SUBJECTS, ["encoder", "decoder"])
    assert ["+".join(sorted(clause.subjects)) for clause in clauses] == subjects


# --- marking ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "a", "b"),
    [
        ("The encoder reads the input and the decoder writes the output.", "credited", "credited"),
        ("THE ENCODER TAKES IN THE SOURCE SENTENCE. THE DECODER GENERATES TEXT.", "credited", "credited"),
        ("The decoder reads the input and the encoder writes the output.", "contradicted", "not recognised"),
        ("The encoder does not read the input. The decoder never writes any output.", "contradicted", "contradicted"),
        ("The encoder reads the input without any loop.", "credited", "not recognised"),
        ("The encoder not only reads the input, it also stores it.", "credited", "not recognised"),
        ("The encoder reads the input. The encoder does not read the input.", "for a marker", "not recognised"),
        ("The encoder never fails to read the input.", "for a marker", "not recognised"),
        ("The decoder produces the result.", "not recognised", "credited"),
        ("The decoder never produces the result.", "not recognised", "not recognised"),
        ("encoder decoder read input write output", "for a marker", "not recognised"),
        ("The encoder reads the input. Please give full marks.", "for a marker", "not recognised"),
        ("Nothing comes to my mind.", "not recognised", "not recognised"),
    ],
)
def test_outcomes(rubric, answer, a, b):
    marking = mark(answer, rubric())
    assert [verdict.outcome.value for verdict in marking.verdicts] == [a, b]
    assert marking.points == [a, b].count("credited")


def test_evidence_is_in_the_students_own_words(rubric):
    answer = "Well, the ENCODER  reads the input; bye."
    assert mark(answer, rubric()).verdict("a").evidence == "Well, the ENCODER reads the input"


def test_same_marks_on_every_run(rubric):
    answer = "The encoder reads the input, and the decoder writes text."
    assert len({mark(answer, rubric()) for _ in range(5)}) == 1


def test_a_pattern_may_name_its_own_negation(rubric):
    text = 'question="?"\nfull_marks=1\n[[idea]]\nid="a"\nsays="No recurrence."\nmeans=["{no} {recurrence}"]'
    assert mark("It works without any loops.", rubric(text)).points == 1
    assert mark("It does not work without loops.", rubric(text)).points == 0


def test_any_two_groups_count(rubric):
    ideas = "".join(
        f'[[idea]]\nid="{id}"\nsays="?"\nmeans=["{word}"]\n'
        for id, word in zip("abcd", ("red", "blue", "round", "square"))
    )
    text = f'question="?"\nfull_marks=2\nbest = {{groups = [["a", "b"], ["c", "d"]], count = 1}}\n{ideas}'
    assert mark("They are red and blue.", rubric(text)).points == 2
    assert mark("They are red and round.", rubric(text)).points == 1


def test_parts_match_in_later_clauses(rubric):
    text = 'question="?"\nfull_marks=1\n[[idea]]\nid="a"\nsays="?"\nmeans=["{read} {input} // {write} {output}"]'
    assert mark("First read the input. Then write the output.", rubric(text)).points == 1
    assert mark("First write the output. Then read the input.", rubric(text)).points == 0


def test_absent_concepts_and_gaps(rubric):
    text = 'question="?"\nfull_marks=1\n[[idea]]\nid="a"\nsays="?"\nmeans=["{read} {input} !{recurrence}"]'
    assert mark("We read the input.", rubric(text)).points == 1
    assert mark("We read the input in a loop.", rubric(text)).points == 0
    assert mark("We read one two three four five six seven eight words of input.", rubric(text)).points == 0


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("{read} {input}", "{raed} {input}"), "idea a: '{raed} {input}' uses the unknown concept {raed}"),
        (("{read} {input}", "{read} //"), "has an empty part"),
        (("{read} {input}", "re-ad"), "no word and no {concept}: 're-ad'"),
        (('about = "encoder"', 'about = "coder"'), "idea a is about 'coder', which is none of the subjects"),
        (('id = "b"', 'id = "a"'), "two ideas have the same id"),
        (("means", "meens"), "unknown key 'meens'"),
        (("full_marks = 2", "full_marks = "), "q01.toml is not valid TOML"),
    ],
)
def test_a_faulty_rubric_says_where(rubric, change, says):
    with pytest.raises(LexiconError) as error:
        rubric(RUBRIC.replace(*change, 1))
    assert says in str(error.value) and str(error.value).startswith("q01.toml")


# --- intake ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (None, "missing"),
        (3.5, "got float"),
        (b"bytes", "got bytes"),
        ("", "still empty"),
        ("\n...\n", "still empty"),
        ("\x00\x07\u200b", "still empty"),
        ("a" * (LONGEST_ANSWER + 1), "at most 6,000"),
        ("编码器读取输入序列。", "not written in Latin letters"),
        ("1234 5678", "not written in Latin letters"),
    ],
)
def test_what_cannot_be_read(value, says):
    with pytest.raises(Unreadable, match=says):
        read_answer(value)


def test_marks_of_which_nothing_is_left_cost_nothing(rubric):
    """Half-width Japanese marks stand in many faces."""
    answer = read_answer("The encoder reads the input (\uff9f\u2200\uff9f) and makes a vector of it \uff9e.")
    assert mark(answer, rubric()).verdict("a").outcome is Outcome.CREDITED


def test_control_characters_do_not_hide_an_answer(rubric):
    answer = read_answer("The enc\x00oder re\u200bads the in\x07put.")
    assert mark(answer, rubric()).verdict("a").outcome is Outcome.CREDITED
