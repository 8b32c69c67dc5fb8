"""The class report: its figures, what it may not show, what it says of answers that are alike, and made-up classes."""

from __future__ import annotations

import json
import math
import random
import re
from collections import defaultdict
from html.parser import HTMLParser
from pathlib import Path

import pytest

from grading import report
from grading.__main__ import main
from grading.report import page, statistics
from grading.report.records import read
from grading.report.shingles import code_tokens
from grading.report.similarity import CODE, TEXT, similar

ROOT = Path(__file__).resolve().parents[1]
EVIL = '<script>alert("x")</script><img src=x onerror=alert(1)>'
LONG = """The encoder walks through the sentence and leaves a summary vector behind, and then the decoder, which starts
from that summary, writes the translation one word after the other until it says stop."""


def _case(name, passed, message="", points=1, hidden=True):
    return {"name": name, "hidden": hidden, "points": points, "passed": passed, "message": message}


def _question(name, score, work="an answer", cases=(), waiting=None, possible=2):
    return {"name": name, "score": score, "possible": possible, "seconds": 0.5, "work": work, "credited": [],
            "for_a_marker": waiting or {}, "cases": list(cases)}  # fmt: skip


def _result(file, questions=(), student=None, error=None, notes=(), raised=(), assignment="theory", made_from=None):
    return {"file": file, "student": student, "assignment": None if error else assignment, "version": "1",
            "made_from": made_from or f"digest of {file}", "error": error, "seconds": 3.0, "notes": list(notes),
            "raised": list(raised), "refused": {}, "questions": list(questions)}  # fmt: skip


def _write(folder: Path, results) -> Path:
    (folder / "results").mkdir(parents=True)
    for number, result in enumerate(results):
        (folder / "results" / f"{number:04}.json").write_text(json.dumps(result), encoding="utf-8")
    return folder


def _page(folder: Path, results, anonymous=False) -> str:
    path = folder / "page.html"
    report.write(_write(folder, results), path, anonymous)
    return path.read_text(encoding="utf-8")


class _Tags(HTMLParser):
    """The tags and attributes of a page, and whether every tag is closed."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.open = set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def _scores(*rows):
    """Results of as many questions as a row has points."""
    return [
        _result(f"{n:02}.ipynb", [_question(f"q{i}", p) for i, p in enumerate(row, 1)]) for n, row in enumerate(rows)
    ]


def test_figures_of_questions(tmp_path):
    graded = read(_write(tmp_path, _scores((2, 2, 0), (2, 1, 1), (1, 0, 2), (0, 0, 2))))
    first, second, third = statistics.items(graded)
    assert (first.share, first.full) == (5 / 8, 1 / 2)
    # by hand: q1 is 2 2 1 0, the rest without it 2 2 2 2, which never varies
    assert first.discrimination is None and first.interval is None
    # q2 is 2 1 0 0, the rest without it 2 3 3 2: deviations 1.25 .25 -.75 -.75 and -.5 .5 .5 -.5
    assert second.discrimination == pytest.approx(-0.5 / math.sqrt(2.75 * 1))
    assert third.discrimination < -0.8
    low, high = second.interval
    assert -1 < low < second.discrimination < high < 1


def test_questions_stand_in_order(tmp_path):
    names = ["q10", "q2", "q1"]
    graded = read(_write(tmp_path, [_result("a.ipynb", [_question(name, 1) for name in names])]))
    assert statistics.question_names(graded) == ["q1", "q2", "q10"]


def test_ideas_count_when_they_were_recognised_and_failures_when_they_cost_points(tmp_path):
    place = "Error at line 3 in test q1:\n      return earns(answer_1, 'q01', 'b')\n"
    said = place + "Contradicted: you wrote “{}”, which says otherwise."
    cases = [
        [_case("a", True, "recognised in “x”."), _case("b", False, said.format("one"))],
        [_case("a", True, "not needed: the answer has full marks already."), _case("b", False, said.format("two"))],
        [_case("a", False, "NotRecognised: not recognised. If it is there, try saying it more plainly.", points=0),
         _case("b", False, "ForAMarker: a person will look at idea b: why")],
        [_case("a", False, "Unreadable: the answer is still empty"), _case("test_point_1", False, "no")],
    ]  # fmt: skip
    works, waiting = ["one", "two", "three", "..."], [{}, {}, {"b": "why"}, {}]
    results = [
        _result(f"{n}.ipynb", [_question("q1", 1, work, its, waits)])
        for n, (work, its, waits) in enumerate(zip(works, cases, waiting))
    ]
    graded = read(_write(tmp_path, results))
    assert [(c.name, c.earned, c.waiting, c.of) for c in statistics.checks(graded)] == [("a", 1, 0, 4), ("b", 0, 1, 4)]
    (failure,), others = statistics.failures(graded, 20)
    assert (failure.check, failure.count, others) == ("b", 2, 0)
    assert failure.message == "you wrote “one”, which says otherwise."
    assert statistics.items(graded)[0].blank == 1 / 4


def test_all_of_a_class_is_on_the_page(tmp_path):
    waiting = _question("q8", 0, "P, and not P", [_case("a", False)], {"a": "it says “P” and also “not P”."})
    text = _page(tmp_path, [
        _result("ada_1.ipynb", [waiting], student="Ada", notes=["cell 3 took longer than 60 seconds"],
                raised=["cell 2: NameError: name 'spicy' is not defined"]),
        _result("bo_2.ipynb", [_question("q8", 2, "full marks")], student="Bo"),
        _result("cy_3.ipynb", error="cy_3.ipynb has no code cells, so there is nothing to grade"),
    ])  # fmt: skip
    for part in ("Ada", "ada_1.ipynb", "it says “P” and also “not P”", "P, and not P", "longer than 60 seconds",
                 "name &#39;spicy&#39; is not defined", "cell 2 of Ada",
                 "has no code cells", "3 submissions handed in, 1 of them", "The encoder"):  # fmt: skip
        assert part in text, part


def test_the_page_needs_nothing_and_runs_nothing(tmp_path):
    hostile = [
        _question("q8", 0, EVIL, [_case("a", False, EVIL)], {"a": EVIL}),
        _question("q9", 0, EVIL, [_case(EVIL, False, EVIL)]),
    ]
    results = [
        _result(f"{EVIL} {n}.ipynb", hostile, student=EVIL, notes=[EVIL], raised=[f"cell 1: {EVIL}"]) for n in range(6)
    ]
    results.append(_result(f"{EVIL}.ipynb", error=f"{EVIL}.ipynb is not a notebook: {EVIL}"))
    copied = _question("q9", 1, f"{LONG} {EVIL} {LONG[::-1]}")
    results += [_result(f"{n}.ipynb", [copied], student=EVIL) for n in range(2)]
    text = _page(tmp_path, results)
    tags = _Tags(text)
    assert not tags.open
    assert not tags.tags & {"script", "img", "link", "iframe", "object", "a:hover"}
    assert "<mark>" in text and "&lt;script&gt;" in text
    assert not [a for a in tags.attributes if a[0].startswith("on") or a[0] in ("src", "srcset", "action")]
    assert all(value.startswith("#") for name, value in tags.attributes if name == "href")
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in tags.attributes
    assert not re.search(r"url\(|@import|https?://", text)


SECRET = "zyxwabc"  # stands wherever a student can write, or is named


def _secretive(number):
    work = f"{LONG} My name is {SECRET}, and {LONG[::-1]}"
    cases = [_case("a", False, f"Contradicted: you wrote “{SECRET}”, which says otherwise.")]
    return _result(
        f"{SECRET}_{number}.ipynb", [_question("q8", number % 3, work, cases, {"b": f"it says “{SECRET}”."})],
        student=f"{SECRET} {number}", notes=[f"cell 3 of {SECRET}_{number}.ipynb took longer than 60 seconds"],
        raised=[f"cell 3: {SECRET}: {SECRET}", f"cell 4: ValueError: {SECRET}"],
    )  # fmt: skip


def test_an_anonymous_page_names_nobody_and_quotes_nobody(tmp_path):
    results = [_secretive(n) for n in range(3)]
    results += [_result(f"{n}.ipynb", [_question("q8", 1, f"something else {n}")], student="?") for n in range(9)]
    results.append(_result(f"{SECRET}.ipynb", error=f"{SECRET}.ipynb is a damaged notebook: {SECRET} was unexpected"))
    named = _page(tmp_path / "named", results)
    text = _page(tmp_path / "anonymous", results, anonymous=True)
    assert SECRET in named and SECRET not in text
    assert "summary vector" in named and "summary vector" not in text
    assert "damaged" in text and "longer than 60 seconds" in text and "sequences in common" in text
    assert not re.search(r"\.ipynb|\?", text.partition("</style>")[2])


def _numbers(text):
    noticed = text.partition('id="theory-noticed"')[2].partition("<h3")[0]
    return re.findall(r"Submission (\d+)\s*</span>\s*</th><td class=\"number\">([\d.]+)", noticed)


def test_anonymous_numbers_stay_and_are_not_the_order_of_names(tmp_path):
    results = [
        _result(f"{n:02}.ipynb", [_question("q8", n / 10)], notes=["it ended"], made_from=f"digest {n}")
        for n in range(20)
    ]
    first = _numbers(_page(tmp_path / "1", results, anonymous=True))
    second = _numbers(_page(tmp_path / "2", results[::-1], anonymous=True))
    assert [int(number) for number, _ in first] == list(range(1, 21))
    assert first == second
    points = [float(score) for _, score in first]
    assert points != sorted(points) and points != sorted(points, reverse=True)


def _marked_answers(*names):
    answers = defaultdict(list)
    for name in names:
        for path in sorted((ROOT / "tests" / "answers").glob(name)):
            for line in path.read_text(encoding="utf-8").splitlines():
                answer = json.loads(line)
                answers[f"q{answer['question']}"].append(answer["text"])
    return answers


def _questions():
    from grading.responses.rubric import load_rubric, rubric_names

    return {f"q{int(name[1:])}": load_rubric(name).question for name in rubric_names()}


def test_independent_answers_are_not_called_alike():
    """In 200 classes of 30, which have 1.7 million pairs of answers, and with all answers in one class.

    From batch 6 on some answers are twins on purpose.
    """
    answers, questions = _marked_answers("development.jsonl", "batch-[1-5].jsonl", "held-out.jsonl"), _questions()
    draw, found = random.Random(0), 0
    for _ in range(200):
        drawn = {question: draw.sample(texts, 30) for question, texts in answers.items()}
        found += len(similar(drawn, TEXT, questions).groups)
    assert found <= 2
    assert len(similar(answers, TEXT, questions).groups) <= 1


def test_a_copied_answer_is_found_in_spite_of_small_changes():
    answers = {question: texts[:60] for question, texts in _marked_answers("batch-[1-8].jsonl").items()}
    copies = {"q1": max(answers["q1"], key=len), "q2": max(answers["q2"], key=len)}
    changed = {q: text.replace(" the ", " this ").replace(" is ", " was ").upper() for q, text in copies.items()}
    assert changed["q1"].lower() != copies["q1"].lower()
    one = answers["q1"].index(copies["q1"])
    answers["q2"][one] = copies["q2"]
    answers["q2"] = [text if n == one or text != copies["q2"] else "" for n, text in enumerate(answers["q2"])]
    for question, texts in answers.items():
        texts.append(changed.get(question, ""))
    (group,) = similar(answers, TEXT, _questions()).groups
    assert group.members == (one, 60)
    assert set(group.questions) == {"q1", "q2"}


def test_what_was_asked_and_what_many_write_does_not_count():
    question = "What is the difference between an encoder and a decoder in a Seq2Seq model with attention of any kind?"
    texts = [f"{question} {name} {name} {name} says so" for name in "ada bo cy di ed flo gus hal ida jo".split()]
    assert similar({"q1": texts}, TEXT, {"q1": question}).groups == ()
    assert similar({"q1": texts}, TEXT).groups == ()  # they are common, too
    assert len(similar({"q1": [*texts, LONG, LONG + " Right?"]}, TEXT).groups) == 1


def test_code_is_compared_without_the_names_it_gives():
    code = (
        'def f(words, p=0.1):\n    """Text."""\n    kept = [w for w in words if rng.random() > p]  # k\n    return kept'
    )
    other = "def f(text, rate=0.1):\n    left = [t for t in text\n            if rng.random() > rate]\n    return left"
    drop = lambda tokens: [t.word for t in tokens if t.word != "''"]  # noqa: E731
    assert drop(code_tokens(code)) == drop(code_tokens(other))
    assert "random" in [t.word for t in code_tokens(code)]
    fit = [t.word for t in code_tokens("model = keras.Model(x)\nmodel.fit(x, y, epochs=3)")]
    assert "epochs" in fit and "keras" in fit and "model" not in fit


def _patches():
    pieces = defaultdict(list)
    for kind in ("right", "wrong"):
        for path in sorted((ROOT / "tests" / kind).glob("*.py")):
            source = path.read_text(encoding="utf-8")
            question = re.search(r"^# question: (\w+)", source, re.MULTILINE).group(1)
            pieces[question].append((kind, source.partition("# question")[2].partition("\ndef ")[2]))
    return pieces


def test_other_right_solutions_are_not_called_alike():
    pieces = _patches()
    compared = 0
    for question, found in pieces.items():
        right = {n for n, (kind, _) in enumerate(found) if kind == "right"}
        compared += len(right) * (len(right) - 1) // 2
        for group in similar({question: [source for _, source in found]}, CODE).groups:
            assert len(right & set(group.members)) < 2, question
    assert compared >= 20


@pytest.mark.parametrize("line", ["'\\", "''' ", '"', "for a ", "def f(", "lambda ", "(", "a,"])
def test_hostile_code_takes_no_longer(line):
    tokens = code_tokens(line * (20_000 // len(line)))
    assert tokens and tokens[-1].end <= 20_000


def test_marked_pieces_make_up_the_answer():
    texts = [
        *(f"quite another answer about {n} and nothing else but {n}" for n in range(20)),
        LONG,
        f"So: {LONG} Well.",
    ]
    found = similar({"q1": texts}, TEXT)
    (group,) = found.groups
    pieces = found.marked("q1", texts[21], texts[20])
    assert "".join(text for text, _ in pieces) == texts[21]
    assert [marked for _, marked in pieces] == [False, True, False]
    assert pieces[1][0].startswith("The encoder") and group.members == (20, 21)


def test_a_damaged_result_is_named_and_none_is_said(tmp_path):
    with pytest.raises(FileNotFoundError, match="no results"):
        report.write(tmp_path, tmp_path / "page.html")
    _write(tmp_path, [_result("a.ipynb")])
    (tmp_path / "results" / "b.json").write_text('{"file": "b.ipynb"}')
    with pytest.raises(ValueError, match=r"b\.json is no result"):
        report.write(tmp_path, tmp_path / "page.html")


def test_the_command(tmp_path, capsys):
    _write(tmp_path, _scores((2, 1), (1, 1)))
    assert main(["report", str(tmp_path)]) == 0
    assert (tmp_path / "report.html").exists()
    assert main(["report", str(tmp_path), "--anonymous", "--to", str(tmp_path / "x.html")]) == 0
    assert "Submission" not in capsys.readouterr().out and (tmp_path / "x.html").exists()
    assert main(["report", str(tmp_path / "nothing")]) == 1


@pytest.mark.parametrize("rows", [[(0,)], [(2,), (2,)], [(1, 0), (0, 1)], [(0.5, 0.25)]])
def test_the_smallest_classes(tmp_path, rows):
    assert not _Tags(_page(tmp_path, _scores(*rows))).open


def test_a_question_that_some_do_not_have(tmp_path):
    results = [*_scores((1, 2)), _result("less.ipynb", [_question("q1", 1)])]
    graded = read(_write(tmp_path, results))
    assert [item.share for item in statistics.items(graded)] == [1 / 2, 1 / 2]
    assert statistics.totals(graded).possible == 4
    assert page.render(graded, anonymous=False)


@pytest.mark.parametrize("assignment", ["theory", "practical"])
def test_made_up_classes(tmp_path, assignment):
    from make_class import students, write

    write(tmp_path, 30, 3, assignment, results=True)
    about = json.loads((tmp_path / "class.json").read_text(encoding="utf-8"))
    assert students(30, 3, assignment) == students(30, 3, assignment)
    assert {entry["kind"] for entry in about} == {"own", "copied", "broken", "empty", "attack"}
    assert len(list(tmp_path.glob("*.ipynb"))) == len(read(tmp_path)) == 30
    assert all(re.fullmatch(r"[a-z]+(_LATE)?_\d+_\d+_\w+\.ipynb", entry["file"]) for entry in about)
    held_out = {text for texts in _marked_answers("held-out.jsonl").values() for text in texts}
    assert not held_out & {question.work for s in read(tmp_path) for question in s.questions.values()}
    report.write(tmp_path, tmp_path / "report.html")
    assert (tmp_path / "report.html").stat().st_size < 2**20


def test_who_copies_in_a_made_up_class_is_found():
    from make_class import students

    draw = random.Random(0)
    for seed in draw.sample(range(1000), 3):
        made = [student for student in students(30, seed, "theory") if student.kind in ("own", "copied", "attack")]
        answers = {question: [student.work[question] for student in made] for question in made[0].work}
        groups = similar(answers, TEXT, _questions()).groups
        together = [{made[member].file for member in group.members} for group in groups]
        for student in made:
            if student.copied:
                assert any({student.file, student.copied_from} <= files for files in together)
        copiers = {student.file for student in made if student.copied}
        assert all(files & copiers for files in together)
