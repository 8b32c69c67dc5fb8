"""Zip files whose bytes depend on nothing but their contents."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip file can hold
_EXECUTABLE = {"setup.sh", "run_autograder"}


def write_zip(path: Path, entries: Mapping[str, bytes]) -> None:
    """Writes the entries (name -> contents) in order of their names.

    They are stored, not compressed: the output of compression differs between builds of zlib.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(entries):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 3  # Unix, wherever the zip is made
            info.external_attr = (0o100755 if name in _EXECUTABLE else 0o100644) << 16
            archive.writestr(info, entries[name])


def read_zip(path: Path) -> dict[str, bytes]:
    """The entries of a zip file that this project has made."""
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
