"""Rubrics: what earns a point in a question, read from one TOML file per question."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .learned import Decision, Learned, Recognisers, load_learned
from .lexicon import Lexicon, LexiconError
from .patterns import Pattern, parse
from .word_order import WordOrder

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

# The same relative place in the repository and in the autograder zip.
RUBRICS = Path(__file__).resolve().parents[2] / "assignment" / "rubrics"

_RUBRIC_KEYS = {"question", "full_marks", "best", "topic", "subjects", "concepts", "idea", "example"}
_IDEA_KEYS = {"id", "says", "about", "means", "may_mean", "denied_by"}


@dataclass(frozen=True)
class Idea:
    """One thing that an answer can say, worth a point.

    Attributes:
        id: its letter.
        says: the idea as a sentence, for the instructor.
        about: subjects of whom it must be said; empty where the rubric distinguishes none.
        means: patterns that credit it, and that contradict it when negated.
        may_mean: looser patterns, which only credit.
        denied_by: patterns that contradict it.
    """

    id: str
    says: str
    about: frozenset[str]
    means: tuple[Pattern, ...]
    may_mean: tuple[Pattern, ...]
    denied_by: tuple[Pattern, ...]


@dataclass(frozen=True)
class Example:
    """A marked answer that stands in the rubric to show and to test what it does."""

    text: str
    ideas: tuple[str, ...]


@dataclass(frozen=True)
class Rubric:
    """How one question is marked.

    Attributes:
        name: such as `q08`.
        question: the question as students read it.
        full_marks: the most that an answer earns.
        groups: ideas that belong together, of which the `best` count; all ideas in one group and best = 1 unless the
            question says "any N of".
        subjects: names of the subjects that answers may mix up, in the question's order.
        topic: the subject of a clause that names none.
        related: names of the rubrics that share ideas with this one, itself among them.
        recognisers: what was learned about the question, if anything.
        decision: weighs rules and recognisers.
        word_order: tells sentences from scrambled words, where it has been learned.
    """

    name: str
    question: str
    full_marks: int
    groups: tuple[tuple[str, ...], ...]
    best: int
    subjects: tuple[str, ...]
    topic: str | None
    ideas: tuple[Idea, ...]
    examples: tuple[Example, ...]
    lexicon: Lexicon
    related: frozenset[str]
    recognisers: Recognisers | None
    decision: Decision | None
    word_order: WordOrder | None

    def points(self, credited: set[str]) -> int:
        """Points for a set of credited ideas: the best groups count, up to full marks."""
        counts = sorted((sum(idea in credited for idea in group) for group in self.groups), reverse=True)
        return min(self.full_marks, sum(counts[: self.best]))

    def idea(self, id: str) -> Idea:
        """The idea with this letter.

        Raises:
            KeyError: there is none; the message names those there are.
        """
        for idea in self.ideas:
            if idea.id == id:
                return idea
        raise KeyError(f"{self.name} has no idea {id!r}, only {', '.join(idea.id for idea in self.ideas)}")


@lru_cache(maxsize=64)
def load_rubric(name: str, folder: Path = RUBRICS) -> Rubric:
    """Reads the rubric `<folder>/<name>.toml` over the shared `<folder>/lexicon.toml`.

    Raises:
        LexiconError: no such file, or something in it cannot be used; the message names file, idea and pattern.
    """
    path = folder / f"{name}.toml"
    shared = _load(folder / "lexicon.toml")
    data = _load(path)
    try:
        return _rubric(name, data, shared, load_learned(folder / "learned.json"))
    except (LexiconError, ValueError, KeyError, TypeError) as error:
        raise LexiconError(f"{path.name}: {error}") from error


def rubric_names(folder: Path = RUBRICS) -> list[str]:
    """The names of all rubrics in the folder, in order."""
    return sorted(path.stem for path in folder.glob("q*.toml"))


@lru_cache(maxsize=64)
def _load(path: Path) -> dict:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LexiconError(f"there is no file {path.name} in {path.parent.name}/") from None
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{path.name} is not valid TOML: {error}") from None


def forget_files() -> None:
    """Makes the next `load_rubric` read its files again, for who watches them change."""
    load_rubric.cache_clear()
    _load.cache_clear()


def _rubric(name: str, data: dict, shared: dict, learned: Learned) -> Rubric:
    _only(data, _RUBRIC_KEYS, "the rubric")
    subjects = data.get("subjects", {})
    topic = data.get("topic")
    if topic is not None and topic not in subjects:
        raise LexiconError(f"topic {topic!r} is none of the subjects ({', '.join(subjects)})")
    literals: dict[str, list[str]] = {}
    ideas = tuple(_idea(raw, subjects, topic, literals) for raw in data["idea"])
    ids = [idea.id for idea in ideas]
    if len(set(ids)) < len(ids):
        raise LexiconError(f"two ideas have the same id ({', '.join(ids)})")
    clash = set(shared["concepts"]) & set(data.get("concepts", {}))
    if clash:
        raise LexiconError(f"concept {{{sorted(clash)[0]}}} is already defined in lexicon.toml: choose another name")
    concepts = shared["concepts"] | data.get("concepts", {}) | {"@" + key: value for key, value in subjects.items()}
    _check_concepts(ideas, concepts | literals)
    best = data.get("best")
    groups = tuple(tuple(group) for group in best["groups"]) if best else (tuple(ids),)
    if sorted(id for group in groups for id in group) != sorted(ids):
        raise LexiconError(f"the groups of 'best' must hold every idea once ({', '.join(ids)})")
    examples = tuple(Example(raw["text"], tuple(raw["ideas"])) for raw in data.get("example", ()))
    return Rubric(
        name,
        data["question"],
        data["full_marks"],
        groups,
        best["count"] if best else 1,
        tuple(subjects),
        topic,
        ideas,
        examples,
        Lexicon(concepts | literals, shared.get("known", ()), shared.get("slips")),
        frozenset((name,)).union(*(family for family in shared.get("families", ()) if name in family)),
        learned.recognisers.get(name),
        learned.decision,
        learned.word_order,
    )


def _idea(raw: dict, subjects: dict, topic: str | None, literals: dict[str, list[str]]) -> Idea:
    _only(raw, _IDEA_KEYS, f"idea {raw.get('id', '?')}")
    about = raw.get("about", topic)
    about = [about] if isinstance(about, str) else about or []
    for name in about:
        if name not in subjects:
            raise LexiconError(
                f"idea {raw['id']} is about {name!r}, which is none of the subjects ({', '.join(subjects)})"
            )

    def patterns(key: str) -> tuple[Pattern, ...]:
        parsed = []
        for source in raw.get(key, ()):
            try:
                pattern, words = parse(source)
            except ValueError as error:
                raise LexiconError(f"idea {raw['id']}, {key}: {error}") from None
            if pattern.about and pattern.about not in subjects:
                raise LexiconError(
                    f"idea {raw['id']}: {source!r} is about {pattern.about!r}, which is none of the subjects"
                )
            literals.update(words)
            parsed.append(pattern)
        return tuple(parsed)

    return Idea(
        raw["id"], raw["says"], frozenset(about), patterns("means"), patterns("may_mean"), patterns("denied_by")
    )


def _check_concepts(ideas: tuple[Idea, ...], concepts: dict) -> None:
    for idea in ideas:
        for pattern in idea.means + idea.may_mean + idea.denied_by:
            for part in pattern.parts:
                for concept in (*part.absent, *(name for names in part.needed for name in names)):
                    if concept not in concepts:
                        raise LexiconError(f"idea {idea.id}: {pattern.source!r} uses the unknown concept {{{concept}}}")


def _only(raw: dict, allowed: set[str], where: str) -> None:
    unknown = sorted(set(raw) - allowed)
    if unknown:
        raise LexiconError(f"{where} has the unknown key {unknown[0]!r} (known: {', '.join(sorted(allowed))})")


def rubric_of(question: str) -> Rubric:
    """The rubric of a question as notebooks name it, such as `q8`."""
    return load_rubric(rubric_name(int(question.removeprefix("q"))))


def rubric_name(question: int) -> str:
    """8 -> `q08`."""
    return f"q{question:02d}"
