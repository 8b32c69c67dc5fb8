"""Marks an answer: every idea of the rubric is credited, contradicted, not recognised, or left to a marker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from .clauses import Clause, split_clauses
from .learned import clause_features
from .patterns import Match, Part, Pattern, matches
from .rubric import Idea, Rubric
from .suspicion import is_about_itself, why_suspicious
from .text import Token, tokenize

_EVIDENCE_LENGTH = 160
# How likely a learned recogniser must find an idea to credit it, where the rules credit something in the answer and
# where they credit nothing. Chosen on answers that it had not learned from.
_LIKELY, _ALMOST_SURE = 0.6, 0.8
# Below what likelihood it withdraws a credit: (of a loose pattern, of a strict one).
_LEAST = (0.3, 0.15)
_LEAST_AMID_CONTRADICTIONS = (0.6, 0.4)


class Outcome(str, Enum):
    """What became of an idea."""

    CREDITED = "credited"
    CONTRADICTED = "contradicted"
    NOT_RECOGNISED = "not recognised"
    FOR_A_MARKER = "for a marker"


@dataclass(frozen=True)
class Verdict:
    """The outcome for one idea, with the student's own words as evidence and, for a marker, the reason.

    `firm` says that a strict pattern credited it, not a loose one or a recogniser.
    """

    idea: str
    outcome: Outcome
    evidence: str = ""
    why: str = ""
    firm: bool = False


@dataclass(frozen=True)
class Marking:
    """The marked answer: points (0 up to the rubric's full marks) and one verdict per idea, in the rubric's order."""

    points: int
    verdicts: tuple[Verdict, ...]

    @property
    def credited(self) -> tuple[str, ...]:
        return tuple(v.idea for v in self.verdicts if v.outcome is Outcome.CREDITED)

    @property
    def for_a_marker(self) -> tuple[Verdict, ...]:
        return tuple(v for v in self.verdicts if v.outcome is Outcome.FOR_A_MARKER)

    def verdict(self, idea: str) -> Verdict:
        return next(v for v in self.verdicts if v.idea == idea)


def mark(answer: str, rubric: Rubric) -> Marking:
    """Marks a readable answer (see `intake.read_answer`) by a rubric; the same answer always gets the same marks.

    Rules come first, then the learned recognisers, then doubts about the answer as a whole.
    """
    clauses, sentences = read_clauses(answer, rubric)
    verdicts = [_judge(idea, clauses, answer) for idea in rubric.ideas]
    verdicts = _second_opinion(verdicts, clauses, rubric, answer)
    suspicion = why_suspicious(answer, sentences, rubric.word_order)
    if suspicion:
        verdicts = [_doubt(verdict, suspicion) for verdict in verdicts]
    credited = {v.idea for v in verdicts if v.outcome is Outcome.CREDITED}
    return Marking(rubric.points(credited), tuple(verdicts))


def read_clauses(answer: str, rubric: Rubric) -> tuple[list[Clause], list[list[Token]]]:
    """The clauses of an answer that say something about the question, and its sentences, spelling repaired."""
    repair = rubric.lexicon.speller.repair
    sentences = [[replace(token, text=repair(token.text)) for token in sentence] for sentence in tokenize(answer)]
    clauses = split_clauses(sentences, rubric.lexicon, rubric.subjects, rubric.topic)
    return [clause for clause in clauses if not is_about_itself(clause.quote(answer))], sentences


def _second_opinion(verdicts: list[Verdict], clauses: list[Clause], rubric: Rubric, answer: str) -> list[Verdict]:
    """Lets the recognisers credit what no rule knows, and withdraw what the rules credit against all likelihood.

    An answer that contradicts one idea often has the roles swapped throughout, so there a credit needs more likelihood.
    """
    if not rubric.recognisers or not clauses:
        return verdicts
    outcomes = {verdict.outcome for verdict in verdicts}
    enough = _LIKELY if Outcome.CREDITED in outcomes else _ALMOST_SURE
    contradicts = bool(outcomes & {Outcome.CONTRADICTED, Outcome.FOR_A_MARKER})
    least = _LEAST_AMID_CONTRADICTIONS if contradicts else _LEAST
    features = clause_features(clauses)
    opinions = []
    for verdict in verdicts:
        recogniser = rubric.recognisers.get(verdict.idea)
        if recogniser is None:
            opinions.append(verdict)
            continue
        likelihood = recogniser.probability(features)
        if verdict.outcome is Outcome.NOT_RECOGNISED and likelihood > enough:
            quote = _short(clauses[recogniser.best_clause(features)].quote(answer))
            verdict = Verdict(verdict.idea, Outcome.CREDITED, quote)
        elif verdict.outcome is Outcome.CREDITED and likelihood < least[verdict.firm]:
            verdict = Verdict(verdict.idea, Outcome.NOT_RECOGNISED)
        opinions.append(verdict)
    return opinions


def _doubt(verdict: Verdict, why: str) -> Verdict:
    """In an answer that is suspicious as a whole, what would have been credited is for a marker to decide."""
    return replace(verdict, outcome=Outcome.FOR_A_MARKER, why=why) if verdict.outcome is Outcome.CREDITED else verdict


def _judge(idea: Idea, clauses: list[Clause], answer: str) -> Verdict:
    said = denied = unclear = None
    by_negation = firm = False
    for patterns, strict in ((idea.means, True), (idea.may_mean, False)):
        for pattern in patterns:
            for chain in _chains(pattern, idea, clauses):
                negations = max(match.negations for match in chain)
                if negations == 0:
                    firm = firm or strict
                    said = said or chain
                elif negations == 1 and strict:
                    denied, by_negation = denied or chain, denied is None or by_negation
                elif strict:
                    unclear = unclear or chain
    for pattern in idea.denied_by:
        for chain in _chains(pattern, idea, clauses):
            if all(match.negations == 0 for match in chain):
                denied, by_negation = chain, False
    if said and denied and not (by_negation and _same_clauses(said, denied)):
        quotes = [_quote(said, answer), _quote(denied, answer)]
        why = (
            f"“{quotes[0]}” can be read both ways"
            if quotes[0] == quotes[1]
            else f"it says “{quotes[0]}” and also “{quotes[1]}”"
        )
        return Verdict(idea.id, Outcome.FOR_A_MARKER, quotes[0], why)
    if said:
        return Verdict(idea.id, Outcome.CREDITED, _quote(said, answer), firm=firm)
    if denied:
        return Verdict(idea.id, Outcome.CONTRADICTED, _quote(denied, answer))
    if unclear:
        return Verdict(idea.id, Outcome.FOR_A_MARKER, _quote(unclear, answer), "it negates more than once")
    return Verdict(idea.id, Outcome.NOT_RECOGNISED)


def _same_clauses(one: tuple[Match, ...], other: tuple[Match, ...]) -> bool:
    """Whether a negation stands beside the statement: "looks at all words, not at one"."""
    return all(any(match.clause is its.clause for its in one) for match in other)


def _chains(pattern: Pattern, idea: Idea, clauses: list[Clause]) -> list[tuple[Match, ...]]:
    """The ways in which the parts of a pattern match clauses about the right subject, each later than the last."""
    chains: list[tuple[int, tuple[Match, ...]]] = [(-1, ())]
    for part in pattern.parts:
        chains = [
            (at, (*before, match))
            for last, before in chains
            for at, clause in enumerate(clauses)
            if at > last and _is_about(clause, idea, pattern, part)
            for match in matches(part, clause)
        ][:24]
        if not chains:
            return []
    return [chain for _, chain in chains]


def _is_about(clause: Clause, idea: Idea, pattern: Pattern, part: Part) -> bool:
    """Whether the clause speaks of whom it must; a pattern part that names a subject itself is not bound."""
    if pattern.about:
        return pattern.about in clause.subjects
    if not idea.about or any(concept.startswith("@") for concepts in part.needed for concept in concepts):
        return True
    return bool(clause.subjects & idea.about)


def _quote(chain: tuple[Match, ...], answer: str) -> str:
    """The clauses that the chain matched, or where they are long, the words from its first to its last element."""
    quotes = []
    for match in chain:
        quote = match.clause.quote(answer)
        if len(quote) > _EVIDENCE_LENGTH:
            quote = match.clause.quote(answer, min(a for a, _ in match.places), max(b for _, b in match.places))
        quotes.append(_short(quote))
    return " … ".join(quotes)


def _short(quote: str) -> str:
    return quote if len(quote) <= _EVIDENCE_LENGTH else quote[: _EVIDENCE_LENGTH - 1] + "…"
