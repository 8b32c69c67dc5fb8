"""Finds submissions: notebooks, zip files, folders of them, and what Gradescope, Canvas and Moodle export.

An export is a folder or the zip file of one. In Gradescope's, every submission has a folder, and
`submission_metadata.yml` says whose it is. Canvas puts all files beside each other and their owner into their names,
Moodle into the names of folders or, if an instructor so chooses, of files.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import yaml

from .submission import ENDINGS, LARGEST, BadSubmission, left_by_a_system, only_one

_METADATA = "submission_metadata.yml"
_LARGEST_OTHER = 512 * 2**20  # bytes of a file in an export that is no notebook: a zip may hold models beside one
_CANVAS = re.compile(r"(?P<student>[^_]+)_(?:LATE_)?(?P<id>\d+)_\d+_(?P<file>.+)")
_MOODLE = re.compile(r"(?P<student>.*?)_(?P<id>\d+)_assignsubmission_file(?:_.*)?")

_Files = Mapping[str, Callable[[], bytes]]  # path in an export -> reads the file


@dataclass(frozen=True)
class Submission:
    """What one student has handed in.

    Attributes:
        file: a name that no other submission of the class has.
        read: returns the bytes of the notebook or zip file.
        student: who, where an export says so.
        problem: why there is nothing to read, or "".
        folder: name of the folder that it lay in, which tells apart what has the same name.
    """

    file: str
    read: Callable[[], bytes]
    student: str | None = None
    problem: str = ""
    folder: str = ""


def find_submissions(paths: Sequence[Path]) -> list[Submission]:
    """All submissions in the given files, folders and exports, in order of name within each.

    Raises:
        FileNotFoundError: a path does not exist, or there is no submission at all.
        ValueError: an export does not say who handed in what.
    """
    found: list[Submission] = []
    for path in paths:
        if path.is_dir():
            plain = (p for p in sorted(path.iterdir()) if p.suffix.lower() in ENDINGS and not left_by_a_system(p.name))
            found += _exported(_in_folder(path)) or [_file(p) for p in plain]
        elif path.exists():
            found += (_exported_zip(path) if path.suffix.lower() == ".zip" else []) or [_file(path)]
        else:
            raise FileNotFoundError(f"there is no file or folder {path}")
    if not found:
        raise FileNotFoundError("there are no notebooks or zip files in " + (", ".join(map(str, paths)) or "nothing"))
    return _told_apart(found)


def _file(path: Path) -> Submission:
    return Submission(path.name, path.read_bytes, folder=path.absolute().parent.name)


def _in_folder(folder: Path) -> _Files:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): path.read_bytes for path in paths}


def _exported_zip(path: Path) -> list[Submission]:
    """The submissions in the zip of an export; none if it is not one, but what a student has packed somehow."""
    try:
        archive = zipfile.ZipFile(path)  # stays open: its files are read one by one while others are graded
        return _exported({info.filename: _reader(archive, info) for info in archive.infolist() if not info.is_dir()})
    except ValueError as error:  # among the zips of a class, a student's own must not stop the others
        return [Submission(path.name, bytes, problem=f"{path.name}: {error}")]
    except Exception:  # zipfile raises many kinds for damaged and planted zips; who grades one says what is wrong
        return []


def _reader(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], bytes]:
    largest = LARGEST if info.filename.lower().endswith(".ipynb") else _LARGEST_OTHER

    def read() -> bytes:
        with archive.open(info) as file:
            data = file.read(largest + 1)  # whatever the size in its head
        if len(data) > largest:
            raise BadSubmission(f"it has more than {largest / 2**20:.0f} MiB")
        return data

    return read


def _exported(files: _Files) -> list[Submission]:
    """The submissions in an export; none if it is not one."""
    files = {name: read for name, read in sorted(files.items()) if not left_by_a_system(name)}
    work = [name for name in files if name.lower().endswith(ENDINGS)]
    for owner in (_canvas, _moodle):
        if work and all(map(owner, work)):  # one student's file name must not decide for all
            return _by_owner(files, owner)
    if metadata := [name for name in files if PurePosixPath(name).name == _METADATA and not _moodle(name)]:
        return _gradescope(files, min(metadata, key=_depth))  # below it, a student has handed one in
    if any(_moodle(str(PurePosixPath(name).parent)) for name in work):  # Moodle's folders, and what else lies there
        others = [Submission(PurePosixPath(name).name, files[name]) for name in work if not _moodle(name)]
        return _by_owner(files, _moodle) + others
    return []


def _depth(name: str) -> int:
    return len(PurePosixPath(name).parts)


def _moodle(name: str) -> re.Match | None:
    return next(filter(None, map(_MOODLE.fullmatch, PurePosixPath(name).parts)), None)


def _canvas(name: str) -> re.Match | None:
    return _CANVAS.fullmatch(PurePosixPath(name).name)


def _gradescope(files: _Files, metadata: str) -> list[Submission]:
    top = PurePosixPath(metadata).parent
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # with the history of a class, such a file has megabytes
    try:
        students = yaml.load(files[metadata](), loader) or {}
    except yaml.YAMLError as error:
        raise ValueError(f"{metadata} cannot be read: {error}") from error
    if not isinstance(students, dict) or not all(isinstance(about, dict) for about in students.values()):
        raise ValueError(f"{metadata} does not say who handed in what")
    found = []
    for folder, about in sorted(students.items()):
        inside = {name: read for name, read in files.items() if PurePosixPath(name).is_relative_to(top / folder)}
        people = about.get(":submitters") or []
        student = " & ".join(
            _person(person.get(":name"), person.get(":sid") or person.get(":email")) for person in people
        )
        found.append(_only_one(folder, student or None, inside))
    return found


def _by_owner(files: _Files, owner: Callable[[str], re.Match | None]) -> list[Submission]:
    """Groups files by who handed them in, which `owner` finds in their names."""
    owned: dict[tuple[str, str], dict[str, Callable[[], bytes]]] = {}
    for name, read in files.items():
        if found := owner(name):
            owned.setdefault((found["student"], found["id"]), {})[name] = read
    submissions = []
    for (student, number), inside in owned.items():
        if work := _of_several_assignments(inside) if owner is _canvas else []:  # their names are unique
            submissions += [Submission(PurePosixPath(n).name, inside[n], _person(student, number)) for n in work]
        else:
            submissions.append(_only_one(f"{student}_{number}", _person(student, number), inside))
    return submissions


def _of_several_assignments(names: Iterable[str]) -> list[str]:
    """Of what a student has uploaded to Canvas, the notebooks, and the zips that our last cells make of others."""
    original = {name: found["file"].lower() for name in names if (found := _canvas(name))}
    notebooks = [name for name in original if original[name].endswith(".ipynb")]
    made = {original[name].removesuffix(".ipynb") for name in notebooks}
    packed = [name for name in original if re.search(r"-hand-in(-\d+)?\.zip$", original[name])]
    return notebooks + [name for name in packed if original[name].partition("-hand-in")[0] not in made]


def _person(name: object, number: object) -> str:
    return f"{name or ''} ({number})".strip() if number else str(name or "")


def _only_one(name: str, student: str | None, inside: _Files) -> Submission:
    """The one notebook, or else zip file, among the files of a student."""
    try:
        file = only_one(inside)
    except BadSubmission as error:
        return Submission(name, bytes, student, str(error))
    return Submission(name + PurePosixPath(file).suffix.lower(), inside[file], student)


def _told_apart(found: list[Submission]) -> list[Submission]:
    """Where several have the same name, their folder's goes before it; if that is no help, the later get a number."""
    names = Counter(submission.file.lower() for submission in found)
    taken: set[str] = set()
    apart = []
    for submission in found:
        several = submission.folder and names[submission.file.lower()] > 1
        name = f"{submission.folder}-{submission.file}" if several else submission.file
        file = path = PurePosixPath(_readable(name))
        number = 1
        while str(file).lower() in taken:
            number += 1
            file = path.with_name(f"{path.stem} ({number}){path.suffix}")
        taken.add(str(file).lower())
        student = submission.student and _readable(submission.student)
        apart.append(replace(submission, file=str(file), student=student, problem=_readable(submission.problem)))
    return apart


def _readable(name: str) -> str:
    """The name, with a mark for every byte that is no UTF-8: what is written with such a name could not be encoded."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
