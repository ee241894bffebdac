"""Judges a statement against a candidate from many: dozens are looked at for each one, so most are about something else."""

from claims.matching.relations import Understood
from claims.matching.relations.evidence import Evidence, gather
from claims.matching.relations.judging import judge_evidence
from claims.matching.relations.sums.agreement import shared
from claims.matching.text.words import stem
from claims.matching.types import Judgement, Relation

CLOSE = {Relation.SAME: 0.7, Relation.CONTRADICTS: 0.58, Relation.SUPERSEDES: 0.6}
"""The least cosine of two statements' vectors for a relation to be believed of a candidate, unless it is one of figures."""
_CLOSER, _VERY_CLOSE = 0.75, 0.85
"""The same where the later one says something that the earlier one does not, and most words or fewer are shared."""
_LEAST = 0.42
"""The least cosine where two figures are for one thing: what is said of them has been compared."""
_OF_FIGURES = frozenset(("other_figure", "later_count"))
_NEWS = 7
"""Days in which statements that name nobody and nothing speak of the same affair."""
_SURELY = 0.7
"""How surely figures that are the same measure the same, for them to tell of one affair."""
_NAMELESS = 3
"""How many words such statements share at least if they are further apart."""


def judge_candidate(
    earlier: Understood, later: Understood, closeness: float | None, *, same_words: bool
) -> Judgement:
    """Return what a later statement says of a candidate, as `judge` does, but nothing that is only related in subject.

    Args:
        earlier: the candidate.
        later: the statement.
        closeness: the cosine of their vectors; None if it is not known, and then only the same words are believed.
        same_words: whether both have the very same words.
    """
    seen = gather(earlier, later, closeness)
    found = judge_evidence(seen)
    if found.relation not in CLOSE or same_words:
        return found
    if closeness is not None and _is_near(seen) and _is_believed(seen, found):
        return found
    return Judgement(Relation.RELATED, found.score, found.why)


def _is_near(seen: Evidence) -> bool:
    """Whether two statements can speak of one affair: they name the same, have a figure or words in common, or are of one week."""
    if seen.days is None or abs(seen.days) <= _NEWS:
        return True
    sources = {seen.earlier.statement.source, seen.later.statement.source}
    if len(sources) == 1 and sources != {""}:
        return True
    if any(name.is_sure and name not in seen.common.only_later for name in seen.later.names):
        return True
    if any(one.alike >= _SURELY for one in seen.equal):
        return True
    return seen.common.words >= _NAMELESS


def _is_believed(seen: Evidence, found: Judgement) -> bool:
    reason = found.why[0]
    if reason.code in _OF_FIGURES:
        return seen.closeness >= _LEAST
    if found.relation is Relation.SAME:
        return seen.closeness >= _least_of_same(seen, reason.code)
    aside = {stem(word) for value in reason.values.values() for word in value.split()}
    agrees = shared(seen.earlier, seen.later, aside).agreement >= 1
    return (
        agrees
        and not seen.of_other_things
        and not seen.unmatched
        and seen.closeness >= CLOSE[found.relation]
    )


def _least_of_same(seen: Evidence, code: str) -> float:
    """Return how close a statement must be to be believed to repeat another: the less, the more they share."""
    both = shared(seen.earlier, seen.later, ())
    adds_nothing = code == "same_words" or (not both.only_later and both.words > 1)
    has_figure = both.agreement > 0 and any(one.alike >= _SURELY for one in seen.equal)
    if adds_nothing or has_figure:
        return CLOSE[Relation.SAME]
    return _CLOSER if both.agreement > 1 else _VERY_CLOSE
