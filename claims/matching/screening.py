"""Judges a statement against a candidate from many: dozens are looked at for each one, so most are about something else."""

from claims.matching.relations import Understood, judge
from claims.matching.types import Judgement, Relation

CLOSE = {Relation.SAME: 0.8, Relation.CONTRADICTS: 0.7, Relation.SUPERSEDES: 0.7}
"""The least cosine of two statements' vectors for a relation to be believed of a candidate.

Chosen on the 464 claims of the demo's articles. Without it, a third of the contradictions that were found there were
right, most of the others two sums of money for two things; with it, two thirds.
"""


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
    found = judge(earlier, later, closeness)
    least = CLOSE.get(found.relation)
    if least is None or same_words or (closeness is not None and closeness >= least):
        return found
    return Judgement(Relation.RELATED, found.score, found.why)
