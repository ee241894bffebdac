"""Stands in for the judgement of two statements until `claims.matching.relations` is there, which replaces this file."""

from claims.matching.types import Judgement, Reason, Relation, Statement

Understood = Statement

RELATED = 0.6
"""The cosine from which two statements are about the same event or dispute."""


def understand(statement: Statement) -> Understood:
    """Return what can be known of one statement alone."""
    return statement


def judge(earlier: Understood, later: Understood, closeness: float | None) -> Judgement:
    """Return what a later statement says of an earlier one.

    Args:
        earlier: what was said before.
        later: what is said now.
        closeness: the cosine of their vectors; None if it is not known.
    """
    close = closeness if closeness is not None else float(earlier.text == later.text)
    if close < RELATED:
        return Judgement(Relation.NONE, max(0.0, close))
    return Judgement(Relation.RELATED, close, (Reason("alike"),))
