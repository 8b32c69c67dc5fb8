"""Grades the submission in /autograder/submission (or below the folder that is given) and writes the results."""

import sys
from pathlib import Path

root = Path(sys.argv[1] if len(sys.argv) > 1 else "/autograder")
sys.path.insert(0, str(root / "source" / "files"))

from grading.isolation.autograder import main  # noqa: E402

main(root)
