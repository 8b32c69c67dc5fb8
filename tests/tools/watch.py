"""Watches the masters and the files they use; at every save re-tests the questions that have changed, and no others.

    python tests/tools/watch.py

Solutions must pass every test, what students start from must pass none, and the examples of a rubric must be marked as
they say. The student's notebooks in build/preview are built again as well.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from practicals import ASSIGNMENT, ROOT, Step
from watched import Question, questions, stamps

from grading.authoring.preview import write_preview
from grading.responses.rubric import forget_files

_LOOK_EVERY = 0.25  # seconds


class Warm:
    """A process that runs the cells before a question ahead of time, because they take longer than the question."""

    def __init__(self, before: Sequence[Step], state: str):
        self.before, self.state = tuple(before), state
        self._errors = tempfile.TemporaryFile("w+")  # noqa: SIM115, it lives as long as the process
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("warm.py"))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, text=True, cwd=ASSIGNMENT,
        )  # fmt: skip
        self._send([asdict(step) for step in before])

    def _send(self, message: object) -> None:
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(message) + "\n")
            self._process.stdin.flush()

    def ask(self, message: dict) -> dict:
        """The verdict; `broken` if there is none."""
        self._send(message)
        answer, _ = self._process.communicate()
        self._errors.seek(0)
        return (
            json.loads(answer) if answer else {"broken": f"its process has ended. {self._errors.read()[-500:]}".strip()}
        )

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()


def main() -> None:
    """Watches until Ctrl+C."""
    seen, known, spare = stamps(ASSIGNMENT), questions(ASSIGNMENT), None
    print(f"watching {len(known)} questions; Ctrl+C ends it", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        while True:
            time.sleep(_LOOK_EVERY)
            now = stamps(ASSIGNMENT)
            if now == seen:
                continue
            saved = {path for path in now if now[path] != seen.get(path)}
            try:
                found = questions(ASSIGNMENT)
            except (ValueError, OSError):
                continue  # half saved: look again
            began = max((now[path][0] for path in saved), default=time.time_ns()) / 1e9
            changed = [name for name in found if name not in known or found[name].digest != known[name].digest]
            seen = now
            lines, good, spare = look([found[name] for name in changed], sorted(saved), spare)
            if good:
                known = found
            show([f"{time.strftime('%H:%M:%S')}, {time.time() - began:.1f} s after the save", *lines])
    if spare:
        spare.end()


def look(changed: list[Question], saved: list[Path], spare: Warm | None) -> tuple[list[str], bool, Warm | None]:
    """Builds the preview and re-tests questions.

    Returns:
        What to show; whether the masters can be built; a process that is ready for the last of these questions.
    """
    if any(path.parent.name == "rubrics" for path in saved):
        forget_files()
    masters = {question.master for question in changed} | {path.name for path in saved if path.suffix == ".ipynb"}
    try:
        preview = write_preview(ROOT, ROOT / "build" / "preview", sorted(masters))
    except ValueError as error:
        return [str(error)], False, spare
    if not changed:
        return ["no question has changed"], True, spare
    given = {cell.id: cell.source for notebook in preview.values() for cell in notebook.cells}
    lines: list[str] = []
    state = _state_of_files()
    for _, group in groupby(changed, key=lambda question: question.group):
        batch = list(group)
        fits = spare and (spare.before, spare.state) == (batch[0].before, state)
        warm = spare if fits else Warm(batch[0].before, state)
        if spare and not fits:
            spare.end()
        spare = None
        verdict = warm.ask(_asked(batch, given))
        for question in batch:
            lines += told(question, verdict)
    return lines, True, Warm(batch[0].before, state)


def _state_of_files() -> str:
    """Earlier cells may have read any file but masters and rubrics."""
    read = [item for item in sorted(stamps(ASSIGNMENT).items()) if item[0].suffix not in (".ipynb", ".toml")]
    return hashlib.sha256(repr(read).encode()).hexdigest()


def _asked(batch: list[Question], given: dict[str, str]) -> dict:
    """The steps from the first of the questions to the last; what lies between them runs without its tests."""
    ran = {step.cell for step in batch[0].before}
    steps: list[Step] = []
    for question in batch:
        new = [step for step in (*question.before, *question.steps) if step.cell not in ran]
        steps += new
        ran |= {step.cell for step in new}
    untouched = [s for q in batch for s in q.steps if s.kind == "solution"]
    return {
        "steps": [asdict(step) for step in steps],
        "untouched": [asdict(step) | {"source": given[step.cell]} for step in untouched],
        "rubrics": sorted({name for question in batch for name in question.rubrics}),
    }


def told(question: Question, verdict: dict) -> list[str]:
    """What became of a question: a line if all is well."""
    if "broken" in verdict:
        return [f"FAIL {question.name}: {verdict['broken']}"]
    solved, untouched = ([o for o in verdict[key] if o["question"] == question.name] for key in ("solved", "untouched"))
    wrong = {name: verdict["examples"][name] for name in question.rubrics}
    failed = [o for o in solved if o["message"]]
    passed = [o["test"] for o in untouched if not o["message"]]
    points = sum(o["points"] for o in solved if not o["message"])
    of = sum(o["points"] for o in solved)
    lines = [f"{points:g} of {of:g} points, {len(solved) - len(failed)} of {len(solved)} tests pass"]
    for o in failed:
        kind = "hidden" if o["hidden"] else "public"
        lines += [f"{kind} {o['test']}:", *("  " + line for line in o["message"].splitlines())]
    if passed:
        lines.append(f"what students start from passes {', '.join(passed)}")
    for name, examples in wrong.items():
        lines += [f"{name}.toml, {example}" for example in examples]
    good = not (failed or passed or any(wrong.values()))
    return [f"{'ok  ' if good else 'FAIL'} {question.name}: {lines[0]}", *("     " + line for line in lines[1:])]


def show(lines: Iterable[str]) -> None:
    """Prints one screen; lines that do not fit are counted."""
    lines = list(lines)
    if sys.stdout.isatty():
        height = shutil.get_terminal_size().lines - 2
        print("\033[2J\033[H", end="")
        if len(lines) > height:
            lines = [*lines[: height - 1], f"… and {len(lines) - height + 1} more lines"]
    print("\n".join(lines), flush=True)


if __name__ == "__main__":
    main()
