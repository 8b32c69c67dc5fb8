"""What Gradescope, Canvas and Moodle export is found, with who handed it in."""

from __future__ import annotations

import os
import re
import shutil
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import AUTOGRADERS, SAMPLES

from grading.batch import grade_all
from grading.exports import find_submissions
from grading.submission import LARGEST

NOTEBOOK = b'{"cells": []}'
METADATA = """---
submission_101:
  :submitters:
  - :name: Ada Lovelace
    :sid: '7001'
    :email: ada@example.org
  :created_at: 2026-11-20 10:00:00.000000000 Z
  :score: 0.0
submission_102:
  :submitters:
  - :name: Bob
    :sid:
    :email: bob@example.org
  - :name: Chen
    :sid: 7003
submission_103:
  :submitters:
  - :name: Dora
submission_104:
  :submitters: []
"""
GRADESCOPE = {
    "assignment_1_export/submission_metadata.yml": METADATA.encode(),
    "assignment_1_export/submission_101/theory.ipynb": NOTEBOOK + b"1",
    "assignment_1_export/submission_101/.OTTER_LOG": b"pickle",
    "assignment_1_export/submission_102/handed in.zip": b"PK",
    "assignment_1_export/submission_103/a.ipynb": NOTEBOOK,
    "assignment_1_export/submission_103/b.ipynb": NOTEBOOK,
}
CANVAS = {
    "lovelaceada_4711_99001_theory.ipynb": NOTEBOOK + b"1",
    "bobbuilder_LATE_4712_99002_my_theory-1.ipynb": NOTEBOOK + b"2",
    "chen_4713_99003_essay.pdf": b"%PDF",
    "dora_4714_99004_theory.zip": b"PK",
    "dora_4714_99005_note.txt": b"see zip",
}
MOODLE = {
    "Ada Lovelace_4711_assignsubmission_file_/theory.ipynb": NOTEBOOK + b"1",
    "Jean-Luc O'Neil_4712_assignsubmission_file_/work/theory.ipynb": NOTEBOOK + b"2",
    "Jean-Luc O'Neil_4712_assignsubmission_file_/work/.ipynb_checkpoints/theory-checkpoint.ipynb": NOTEBOOK,
    "Participant_4713_assignsubmission_file_/essay.docx": b"PK",
    "Participant_4713_assignsubmission_onlinetext_/onlinetext.html": b"<p>",
}
MOODLE_FLAT = {
    "Ada Lovelace_4711_assignsubmission_file_theory.ipynb": NOTEBOOK + b"1",
    "Bob_4712_assignsubmission_file_my_theory.ipynb": NOTEBOOK + b"2",
}


def _write(folder: Path, files: dict[str, bytes], kind: str) -> Path:
    if kind == "zip":
        with zipfile.ZipFile(folder / "export.zip", "w") as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        return folder / "export.zip"
    for name, data in files.items():
        path = folder / "export" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder / "export"


@pytest.fixture(params=["zip", "folder"])
def found(request, tmp_path):
    """Writes an export and returns what is found: file name -> (student, bytes or problem)."""

    def find(files: dict[str, bytes]) -> dict[str, tuple]:
        submissions = find_submissions([_write(tmp_path, files, request.param)])
        return {s.file: (s.student, s.problem or s.read()) for s in submissions}

    return find


def test_gradescope(found):
    assert found(GRADESCOPE) == {
        "submission_101.ipynb": ("Ada Lovelace (7001)", NOTEBOOK + b"1"),
        "submission_102.zip": ("Bob (bob@example.org) & Chen (7003)", b"PK"),
        "submission_103": ("Dora", "hand in exactly one notebook (.ipynb), not a.ipynb, b.ipynb"),
        "submission_104": (None, "hand in exactly one notebook (.ipynb), not nothing"),
    }


OF_ADA = b"submission_101: {':submitters': [{':name': Ada Lovelace, ':sid': 7001}]}"


def test_a_students_own_metadata_decides_nothing(found):
    planted = {"assignment_1_export/submission_101/submission_metadata.yml": OF_ADA}
    assert found(GRADESCOPE | planted) == found(GRADESCOPE)
    planted = {"Ada Lovelace_4711_assignsubmission_file_/submission_metadata.yml": OF_ADA}
    assert found(MOODLE | planted) == found(MOODLE)


@pytest.mark.parametrize("text", [b"- 1", b"a: 1", b"a: [", b"a: !!python/object/apply:os.getcwd []"])
def test_metadata_that_says_nothing(tmp_path, text):
    files = GRADESCOPE | {"assignment_1_export/submission_metadata.yml": text}
    says = r"submission_metadata\.yml (cannot be read|does not say who)"
    with pytest.raises(ValueError, match=says):
        find_submissions([_write(tmp_path, files, "folder")])
    (one,) = find_submissions([_write(tmp_path, files, "zip")])  # it may be a student's, and others are graded with it
    assert re.search(says, one.problem)


def test_a_notebook_with_an_export_behind_it_is_one_submission(tmp_path):
    """Where a zip begins is said at its end, so that any file can be one as well."""
    path = _write(tmp_path, CANVAS, "zip").rename(tmp_path / "eve.ipynb")
    path.write_bytes(NOTEBOOK + path.read_bytes())
    assert [s.file for s in find_submissions([path])] == ["eve.ipynb"]


@pytest.mark.parametrize("damage", ["a name that is no UTF-8", "a version of the future", "a file without a name"])
def test_a_zip_that_cannot_be_listed_is_one_submission(tmp_path, damage):
    path = tmp_path / "eve.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("täglich.ipynb", NOTEBOOK)
    data = path.read_bytes()
    listed = data.index(b"PK\x01\x02")  # the head of its one entry
    name = "täglich.ipynb".encode()
    if damage == "a name that is no UTF-8":
        data = data.replace("ä".encode(), b"\xff\xff")
    elif damage == "a version of the future":
        data = data[: listed + 6] + b"\xff\x00" + data[listed + 8 :]
    else:  # its name becomes a comment
        sizes = (0).to_bytes(2, "little") + (0).to_bytes(2, "little") + len(name).to_bytes(2, "little")
        data = data[: listed + 28] + sizes + data[listed + 34 :]
    path.write_bytes(data)
    (bob,) = (tmp_path / "bob.ipynb",)
    bob.write_bytes(NOTEBOOK)
    assert [s.file for s in find_submissions([path, bob])] == ["eve.zip", "bob.ipynb"]


def test_one_file_name_does_not_make_an_export(found):
    odd = {"Ada_1_assignsubmission_file_theory.ipynb": NOTEBOOK, "x_1_2_theory.ipynb": NOTEBOOK}
    submissions = found({"bob.ipynb": NOTEBOOK + b"1", **odd})
    assert len(submissions) in (1, 3)  # a zip with three notebooks is one submission, which cannot be graded
    assert all(student is None for student, _ in submissions.values())


def test_a_notebook_that_came_late_costs_nobody(found):
    """An instructor has put it beside the folders."""
    late = found(MOODLE | {"late-zoe.ipynb": NOTEBOOK})
    assert late == found(MOODLE) | {"late-zoe.ipynb": (None, NOTEBOOK)}


def test_both_assignments_in_one_of_canvas(found):
    files = {
        "ada_1_11_practical.ipynb": NOTEBOOK + b"p",
        "ada_1_12_theory-hand-in.zip": b"PKt",
        "bob_2_21_practical-hand-in.zip": b"PKp",
        "bob_2_22_theory-hand-in-1.zip": b"PKt",
        "chen_3_31_theory.ipynb": NOTEBOOK,
        "chen_3_32_theory-hand-in.zip": b"the same once more",
        "chen_3_33_pictures.zip": b"PK",
    }
    twice = ("chen_3_32_theory-hand-in.zip", "chen_3_33_pictures.zip")
    assert {file: data for file, (_, data) in found(files).items()} == {
        name: data for name, data in files.items() if name not in twice
    }


def test_a_zip_in_an_export_may_hold_more_than_a_notebook_may(tmp_path):
    big = bytes(LARGEST + 5)
    files = {"eve_1_2_theory.zip": big, "bob_3_4_theory.ipynb": big}
    read = {s.file: s.read for s in find_submissions([_write(tmp_path, files, "zip")])}
    assert read["eve_1.zip"]() == big
    with pytest.raises(ValueError, match="it has more than 20 MiB"):
        read["bob_3_4_theory.ipynb"]()


def test_what_systems_leave_in_a_folder_is_no_submission(tmp_path):
    for name in ("ada.ipynb", "._ada.ipynb", ".~lock.zip"):
        (tmp_path / name).write_bytes(NOTEBOOK)
    assert [s.file for s in find_submissions([tmp_path])] == ["ada.ipynb"]


def test_canvas(found):
    assert found(CANVAS) == {
        "lovelaceada_4711_99001_theory.ipynb": ("lovelaceada (4711)", NOTEBOOK + b"1"),
        "bobbuilder_LATE_4712_99002_my_theory-1.ipynb": ("bobbuilder (4712)", NOTEBOOK + b"2"),
        "chen_4713": ("chen (4713)", "hand in exactly one notebook (.ipynb), not chen_4713_99003_essay.pdf"),
        "dora_4714.zip": ("dora (4714)", b"PK"),
    }


def test_moodle(found):
    assert found(MOODLE) == {
        "Ada Lovelace_4711.ipynb": ("Ada Lovelace (4711)", NOTEBOOK + b"1"),
        "Jean-Luc O'Neil_4712.ipynb": ("Jean-Luc O'Neil (4712)", NOTEBOOK + b"2"),
        "Participant_4713": ("Participant (4713)", "hand in exactly one notebook (.ipynb), not essay.docx"),
    }


def test_moodle_without_folders(found):
    assert found(MOODLE_FLAT) == {
        "Ada Lovelace_4711.ipynb": ("Ada Lovelace (4711)", NOTEBOOK + b"1"),
        "Bob_4712.ipynb": ("Bob (4712)", NOTEBOOK + b"2"),
    }


def test_an_exported_submission_is_no_export_of_a_class(tmp_path):
    (zipped,) = SAMPLES.glob("*.zip")
    (submission,) = find_submissions([zipped])
    assert (submission.file, submission.student, submission.read()) == (zipped.name, None, zipped.read_bytes())
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"no zip")
    assert [s.file for s in find_submissions([broken])] == ["broken.zip"]


def test_plain_folders_and_files_of_the_same_name(tmp_path):
    for folder in ("monday", "tuesday"):
        (tmp_path / folder).mkdir()
        shutil.copy(SAMPLES / "05-good.ipynb", tmp_path / folder / "theory.ipynb")
    found = find_submissions([tmp_path / "monday", tmp_path / "tuesday", SAMPLES / "08-weak.ipynb"])
    assert [s.file for s in found] == ["monday-theory.ipynb", "tuesday-theory.ipynb", "08-weak.ipynb"]


def test_a_name_that_is_taken_is_not_given_again(tmp_path):
    for name in ("1/mon/alice.ipynb", "1/mon/mon-alice (2).ipynb", "2/mon/alice.ipynb", "2/mon/Alice.ipynb"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_bytes(NOTEBOOK)
    names = [s.file for s in find_submissions([tmp_path / "1/mon", tmp_path / "2/mon"])]
    assert sorted(names) == ["mon-Alice (3).ipynb", "mon-alice (2).ipynb", "mon-alice (4).ipynb", "mon-alice.ipynb"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_in_another_encoding(tmp_path):
    (tmp_path / os.fsdecode(b"M\xfcller.ipynb")).write_bytes(b"no notebook")
    (result,) = grade_all([tmp_path], AUTOGRADERS)
    assert result.file == "M\N{REPLACEMENT CHARACTER}ller.ipynb" and "not valid JSON" in result.error


def test_a_zip_bomb_is_not_unpacked_whole(tmp_path):
    huge = tmp_path / "export.zip"
    with zipfile.ZipFile(huge, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("eve_1_2_theory.ipynb", bytes(3 * LARGEST))
        archive.writestr("ada_3_4_theory.ipynb", NOTEBOOK)
    eve, ada = sorted(find_submissions([huge]), key=lambda submission: submission.file, reverse=True)
    with pytest.raises(ValueError, match="it has more than 20 MiB"):
        eve.read()
    assert ada.read() == NOTEBOOK


def test_a_damaged_file_costs_its_own_student(tmp_path):
    export = tmp_path / "export.zip"
    with zipfile.ZipFile(export, "w") as archive:
        archive.writestr("eve_1_2_theory.ipynb", NOTEBOOK)
        archive.writestr("ada_3_4_theory.ipynb", b"no notebook")
    export.write_bytes(export.read_bytes().replace(NOTEBOOK, NOTEBOOK[::-1], 1))
    results = {result.file: result.error for result in grade_all([export], AUTOGRADERS)}
    assert "cannot be read: Bad CRC-32" in results["eve_1_2_theory.ipynb"]
    assert "not valid JSON" in results["ada_3_4_theory.ipynb"]
