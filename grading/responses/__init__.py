"""The short-answer checker: marks free text idea by idea, by rule, and says why.

Data flow: `intake` (a value) -> `text` (sentences of tokens) -> `spelling` -> `clauses` (who, negated?) -> `patterns`
-> `marking` (verdicts and points). `rubric` and `lexicon` read the TOML files; `testcase` is what notebooks call.
"""

from .intake import Unreadable, read_answer
from .marking import Marking, Outcome, Verdict, mark, wrong_examples
from .rubric import Rubric, load_rubric, rubric_names
from .testcase import Contradicted, ForAMarker, NotRecognised, earns, earns_points

__all__ = [
    "Contradicted", "ForAMarker", "Marking", "NotRecognised", "Outcome", "Rubric", "Unreadable", "Verdict",
    "earns", "earns_points", "load_rubric", "mark", "read_answer", "rubric_names", "wrong_examples",
]  # fmt: skip
