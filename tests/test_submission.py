"""What students hand in that is no notebook: a clear sentence each, never a traceback."""

from __future__ import annotations

import json
import tracemalloc
import zipfile

import nbformat
import pytest
from conftest import SAMPLES

from grading.exports import find_submissions
from grading.submission import LARGEST, BadSubmission, only_one, read_submission

NOTEBOOK = (SAMPLES / "13-untouched.ipynb").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not valid JSON"),
        ("<html></html>", "not valid JSON"),
        ("[1, 2]", "no notebook format number"),
        ("[" * 100_000, "nested too deeply"),
        ('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code"}]}', "damaged notebook"),
        ('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": "none"}', "damaged notebook"),
        ('{"nbformat": "four", "cells": []}', "damaged notebook"),
        ('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}', "no code cells"),
    ],
)
def test_broken_notebooks(tmp_path, text, says):
    path = tmp_path / "mine.ipynb"
    path.write_text(text)
    with pytest.raises(BadSubmission, match=says):
        read_submission(path)


def test_binary_file(tmp_path):
    path = tmp_path / "mine.ipynb"
    path.write_bytes(b"\xff\xfe\x00\x80")
    with pytest.raises(BadSubmission, match="not a UTF-8 text"):
        read_submission(path)


def test_huge_file_is_not_read(tmp_path):
    path = tmp_path / "mine.ipynb"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(BadSubmission, match="more than 20 MiB"):
        read_submission(path)


@pytest.mark.parametrize(("names", "says"), [([], "holds 0"), (["a.ipynb", "b.ipynb"], "holds 2")])
def test_zip_without_exactly_one_notebook(tmp_path, names, says):
    path = tmp_path / "mine.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, NOTEBOOK)
    with pytest.raises(BadSubmission, match=says):
        read_submission(path)


def test_zip_bomb_is_not_unpacked(tmp_path):
    path = tmp_path / "mine.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.ipynb", b"0" * (LARGEST + 1))
    with pytest.raises(BadSubmission, match="more than 20 MiB"):
        read_submission(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_no_claim_in_a_zip_has_us_unpack_more_than_we_read(tmp_path, method):
    path, size = tmp_path / "mine.zip", 300 * 2**20
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("a.ipynb", bytes(size))
    path.write_bytes(path.read_bytes().replace(size.to_bytes(4, "little"), (1_000).to_bytes(4, "little")))
    tracemalloc.start()
    with pytest.raises(BadSubmission, match=r"unusual way|can be opened|not valid JSON"):
        read_submission(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * LARGEST


def test_file_that_only_claims_to_be_a_zip(tmp_path):
    path = tmp_path / "mine.zip"
    path.write_text("no zip")
    with pytest.raises(BadSubmission, match="not a zip file"):
        read_submission(path)


def test_logs_and_checkpoints_beside_the_notebook_do_not_matter(tmp_path):
    path = tmp_path / "mine.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("work/a.ipynb", NOTEBOOK)
        archive.writestr("work/.ipynb_checkpoints/a-checkpoint.ipynb", NOTEBOOK)
        archive.writestr(".OTTER_LOG", b"\x80\x04anything")
    assert read_submission(path).cells


def test_older_notebook_formats_are_read(tmp_path):
    path = tmp_path / "old.ipynb"
    cell = {"cell_type": "code", "language": "python", "input": "answer_1 = 'x'", "outputs": [], "collapsed": False}
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [{"cells": [cell], "metadata": {}}],
    }
    path.write_text(json.dumps(old))
    assert read_submission(path).cells[0].source == "answer_1 = 'x'"


@pytest.mark.parametrize(
    "metadata", ["[" * 400 + "0," * 100_000 + "0" + "]" * 400, "[" + "{}," * 1_000_000 + "{}]"], ids=["deep", "wide"]
)
def test_what_is_not_graded_costs_no_memory(tmp_path, metadata):
    """Outputs, texts and metadata can be as big as the file, and nbformat looks through all of it."""
    path = tmp_path / "a.ipynb"
    cell = '{"cell_type": "%s", "metadata": {}, "source": "answer_1 = 1"%s}'
    cells = cell % ("markdown", ', "attachments": ' + metadata) + "," + cell % ("code", ', "outputs": ' + metadata)
    path.write_text(f'{{"nbformat": 4, "nbformat_minor": 4, "metadata": {{"otter": {metadata}}}, "cells": [{cells}]}}')
    tracemalloc.start()
    notebook = read_submission(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [cell.source for cell in notebook.cells] == ["", "answer_1 = 1"] and not notebook.metadata
    assert peak < 40 * path.stat().st_size


def test_what_the_build_notes_in_a_notebook_stays(tmp_path):
    path = tmp_path / "a.ipynb"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x = 1")])
    notebook.metadata = {"assignment_version": "1.0.0", "otter": {"assignment_name": "theory"}, "kernelspec": {}}
    notebook.cells[0].metadata = {"tags": ["otter_ignore"], "collapsed": True}
    nbformat.write(notebook, path)
    read = read_submission(path)
    assert set(read.metadata) == {"assignment_version", "otter"} and read.cells[0].metadata.tags == ["otter_ignore"]


def test_a_message_names_a_few_files_only():
    with pytest.raises(BadSubmission, match=r"not 0\.py, 1\.py, 2\.py, 3\.py, 4\.py and 19,995 more files$"):
        only_one([f"{number}.py" for number in range(20_000)])


def test_submissions_are_found_in_folders_and_by_name():
    assert len(find_submissions([SAMPLES])) == len(list(SAMPLES.iterdir()))
    with pytest.raises(FileNotFoundError, match="there is no file or folder"):
        find_submissions([SAMPLES / "nobody.ipynb"])
