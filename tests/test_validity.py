"""The record of `make validity`: it is of what is here, nothing wrong survived, nothing right was rejected.

A sample is run anew, so that the runner itself is proved: practical 7, and what planted mistakes do to the record.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys

import numpy as np
import proof_page
import pytest
import reach
import record as records
import validity
from conftest import ROOT
from keeping import Kept, start_randomness
from labour import Labour
from mutants import mutants
from practicals import steps
from record import PRACTICALS, RECORD, Record

FEWEST = {"wrong": 10, "right": 4}
KILLED, KILLED_IN_EACH = 0.95, 0.9  # of the mutants that change what is done; in all, and in every practical
HEAD = '"""{says}"""\n# question: {question}\n# caught by: {named}\n'
SAMPLE = "p7"  # nothing is trained in it


@pytest.fixture(scope="module")
def record() -> Record:
    return Record(RECORD)


@pytest.mark.parametrize("practical", PRACTICALS)
def test_the_record_is_of_what_is_here(record, practical):
    assert record.stale(practical) == [], "run 'make validity'"


@pytest.mark.parametrize("practical", PRACTICALS)
def test_wrong_solutions_fail_and_right_ones_pass(record, practical):
    assert proof_page.problems(record, practical) == []


@pytest.mark.parametrize("practical", PRACTICALS)
def test_there_are_enough_of_them(record, practical):
    found = proof_page.figures(record, practical, proof_page.survivors())
    assert all(found[kind] >= fewest for kind, fewest in FEWEST.items())
    assert found["killed"] >= KILLED_IN_EACH * (found["killed"] + found["missed"])
    for entry in record.entries(practical, "right").values():
        assert all(entry["runs"].get(cores) for cores in ("1", "2"))


def test_enough_mutants_are_killed(record):
    found = [proof_page.figures(record, practical, proof_page.survivors()) for practical in PRACTICALS]
    killed, missed = (sum(each[name] for each in found) for name in ("killed", "missed"))
    assert killed >= KILLED * (killed + missed)


def test_only_mutants_that_there_are_are_explained(record):
    names = {name for practical in PRACTICALS for name in record.entries(practical, "mutants")}
    assert set(proof_page.survivors()) <= names
    assert {known["kind"] for known in proof_page.survivors().values()} <= set(proof_page.KINDS)


def test_what_only_hidden_tests_see_has_a_hint(record):
    hints = validity.hints([])
    only_hidden = [
        check
        for practical in PRACTICALS
        for entry in record.entries(practical, "wrong").values()
        for check in entry["hidden"]
        if not entry["public"]
    ]
    assert only_hidden and all(hints[check].endswith(("?", "?)", ".", ".)")) for check in only_hidden)


def test_the_page_is_what_the_record_says(record):
    assert record.data["theory"] == validity.theory(), "run 'make validity'"
    assert validity.PAGE.read_text(encoding="utf-8") == proof_page.page(record, validity.hints([]))


# --- the runner ---------------------------------------------------------------------------------------------------


def test_a_sample_comes_out_as_recorded(record, tmp_path):
    again = Record(tmp_path / "record.json")
    validity.run(again, [SAMPLE], ["wrong", "mutants", "right"], seeds=1, trained_seeds=1, cores=[1])
    assert proof_page.problems(again, SAMPLE) == []
    caught, killed = [], []
    for each in (record, again):
        caught.append({name: (it["public"], it["hidden"]) for name, it in each.entries(SAMPLE, "wrong").items()})
        killed.append({name: bool(it["killed by"]) for name, it in each.entries(SAMPLE, "mutants").items()})
    assert caught[0] == caught[1]
    assert killed[0] == killed[1]  # by which test depends on their order, the quickest first


@pytest.mark.parametrize("name", ["p7_shuffles_dictionary"])
def test_the_quick_way_says_what_a_run_of_all_cells_says(record, name):
    entry, patch = record.entry(SAMPLE, "wrong", name), ROOT / "tests" / "wrong" / f"{name}.py"
    command = [sys.executable, str(ROOT / "tests" / "tools" / "practicals.py"), SAMPLE, "--proxies", "hidden", "--json"]
    done = subprocess.run([*command, "--patch", str(patch)], capture_output=True, text=True, timeout=300)
    outcomes = json.loads(done.stdout.splitlines()[-1])["outcomes"]
    failed = {f"{each['question']} {each['test']}": each["hidden"] for each in outcomes if each["message"]}
    own = {check: hidden for check, hidden in failed.items() if check.startswith(entry["question"])}
    assert own == {**dict.fromkeys(entry["public"], False), **dict.fromkeys(entry["hidden"], True)}


SWAP = """
def random_swap(words, n=1, protected=(), seed=None):
    rng = random.Random(seed)
    result, free = list(words), [i for i, word in enumerate(words) if word not in protected]
    for _ in range(n if len(free) > 1 else 0):
        i, j = rng.sample(free, 2)
        result[i], result[j] = result[j], result[i]
    return result
"""


def test_planted_mistakes_are_reported(tmp_path, monkeypatch):
    for kind in ("wrong", "right"):
        (tmp_path / kind).mkdir()
    head = HEAD.format(says="Nothing is wrong here.", question="p7c", named="test_swap")
    (tmp_path / "wrong" / "p7_survivor.py").write_text(head + SWAP)
    head = HEAD.format(says="Is caught, by another check.", question="p7c", named="test_deletion")
    (tmp_path / "wrong" / "p7_other_check.py").write_text(head + SWAP.replace("sample(free, 2)", "choices(free, k=2)"))
    head = HEAD.format(says="Swaps once too often.", question="p7c", named="nothing")
    (tmp_path / "right" / "p7_rejected.py").write_text(head + SWAP.replace("range(n ", "range(n + 1 "))
    (tmp_path / "right" / "p7_broken.py").write_text(head + "\nnothing.of_this_name()")
    monkeypatch.setattr(records, "TESTS", tmp_path)
    planted = Record(tmp_path / "record.json")
    assert "p7_survivor has not been tried as it is now" in planted.stale(SAMPLE)
    validity.run(planted, [SAMPLE], ["wrong", "right"], seeds=2, trained_seeds=1, cores=[1])
    said = proof_page.problems(planted, SAMPLE)
    assert [line for line in said if "survivor" in line or "other_check" in line] == [
        "p7_other_check is not caught by test_deletion",
        "p7_survivor is not caught by test_swap",
        "p7_survivor loses no point",
    ]
    assert [line.split(":")[0] for line in said if "reject" in line] == [
        f"{name} is rejected with seed {seed} on 1" for name in ("p7_broken", "p7_rejected") for seed in (1, 2)
    ]
    found = proof_page.figures(planted, SAMPLE, {})
    assert (found["wrong"], found["survived"], found["accepted"], found["flips"]) == (2, 2, 0, 4)
    (tmp_path / "wrong" / "p7_survivor.py").unlink()
    assert "p7_survivor is no more" in planted.stale(SAMPLE)


def test_an_endless_loop_counts_as_caught():
    endless = "def random_deletion(words, p=0.1, protected=(), seed=None):\n    while True:\n        words = words[:]"
    with Labour(SAMPLE) as labour:
        answer = labour.do({"question": "p7c", "source": endless, "until": "hidden"}, seconds=600)
        assert [test["test"] for test in answer["failed"]] == ["test_deletions"]
        model = labour.do({"question": "p7c", "source": "", "until": "all"}, seconds=600)
        assert (model["failed"], model["broken"]) == ([], [])


def test_a_process_that_dies_is_replaced():
    with Labour(SAMPLE) as labour:
        dead = labour.do({"question": "p7c", "source": "import os; os._exit(3)", "until": "all"}, seconds=600)
        assert dead["broken"] and not dead["failed"]
        assert labour.do({"question": "p7c", "source": "", "until": "all"}, seconds=600)["broken"] == []


class Tokenizer:
    padding_side, pad_token = "right", None


def test_what_a_patch_spoils_is_brought_back():
    names = {"words": ["a", "b"], "synonyms": {"a": ["b"]}, "numbers": np.zeros(3), "tokenizer": Tokenizer()}
    names["the_same_words"] = names["words"]
    kept, tokenizer = Kept(names), names["tokenizer"]
    names["words"].reverse()
    names["synonyms"]["a"].clear()
    names["numbers"][0] = 1
    tokenizer.padding_side, tokenizer.pad_token = "left", "x"
    names["new"] = 1
    same = names
    kept.bring_back(names)
    assert names is same and "new" not in names
    assert (names["words"], names["synonyms"], names["numbers"].tolist()) == (["a", "b"], {"a": ["b"]}, [0, 0, 0])
    assert names["words"] is names["the_same_words"]
    assert (tokenizer.padding_side, tokenizer.pad_token) == ("right", None)


def test_a_cell_uses_what_it_has_not_just_made_itself():
    cell = "for text in texts:\n    print(text, n)\nn = 1\ndef f(words):\n    made = n\n    return g(words, made)\n"
    assert reach.defines(cell) == {"text", "n", "f"}
    assert reach.uses(cell) == {"texts", "print", "n", "g"}


def test_a_change_reaches_the_tests_that_depend_on_it():
    def questions(question):
        return {test.question for test in reach.reached(steps([question[:2]]), question)}

    assert questions("p4a") == {"p4a"}  # each to its own
    assert questions("p1a") == {"p1a", "p1c", "p1d"}  # the vectorizer is used in training, and so by the model
    assert questions("p5c") == {"p5c", "p5d"}  # translate calls greedy_decode


def test_mutants_are_those_that_one_expects():
    found = [mutant for mutant in mutants(["p7"]) if mutant.question == "p7b"]
    assert {mutant.name.split("`: ")[1] for mutant in found} >= {"< becomes <=", "and becomes or", "line removed"}
    assert len({mutant.source for mutant in found}) == len(found)
    assert not [mutant for mutant in found if "SOLUTION" in mutant.source]


def test_randomness_starts_from_the_seed():
    start_randomness(5)
    first = random.random(), np.random.rand()
    start_randomness(5)
    assert (random.random(), np.random.rand()) == first
