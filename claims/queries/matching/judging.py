"""What one claim says of another: the database's claims as the matcher's statements, and its judgements on them."""

from collections.abc import Sequence
from hashlib import blake2b

from django.utils import timezone

from claims.matching.relations import understand
from claims.matching.screening import judge_candidate
from claims.matching.types import Judgement, Statement
from claims.models import Claim

VERSION = "3"
"""The matcher's version: whatever was judged by another one is judged anew when the whole archive is matched again."""


def statement_of(claim: Claim) -> Statement:
    """Return a claim as the matcher sees it; its source has been read with it."""
    return Statement(
        text=claim.statement,
        day=timezone.localtime(claim.listed_at).date(),
        source=claim.source.name if claim.source else "",
    )


def digest_of(earlier: Statement, later: Statement) -> str:
    """Return a digest of all that a judgement is made from: both statements, and the matcher's version."""
    told = [str(part) for one in (earlier, later) for part in (one.text, one.day, one.source)]
    return blake2b(
        "\0".join([VERSION, *told]).encode("utf-8", "replace"), digest_size=16
    ).hexdigest()


def judge_pairs(pairs: Sequence[tuple[Statement, Statement, float | None]]) -> list[Judgement]:
    """Return what the later statement of each pair says of the earlier one. Each statement is read once.

    Args:
        pairs: the earlier statement, the later one, and their closeness, if it is known.
    """
    every = {statement for earlier, later, _close in pairs for statement in (earlier, later)}
    understood = {statement: understand(statement) for statement in every}
    return [
        judge_candidate(
            understood[earlier], understood[later], close, same_words=earlier.text == later.text
        )
        for earlier, later, close in pairs
    ]
