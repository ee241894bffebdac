"""The verdicts that are due for review: their date has come, or something newer came in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.utils import timezone

from claims.models import Claim, Revision
from claims.queries.claims.archive_conditions import CHALLENGED, DATE_PASSED, DUE
from claims.queries.claims.matched import challenges, decided_for_all, is_due

_SHOWN = 8
_COUNTED = 200
"""Up to how many claims are counted."""


class Reason(NamedTuple):
    """Why a verdict is due.

    Attributes:
        relation: what the newest later claim does to it; "" if its review date has come.
        day: the review date, or the day on which the later claim was found.
    """

    relation: str
    day: date


@dataclass(frozen=True)
class Due:
    """A claim whose verdict is due for review, and why."""

    claim: Claim
    reason: Reason


@dataclass(frozen=True)
class Total:
    """How many claims a list has.

    Attributes:
        number: how many there are; `more` means that there are more than that.
        query: the filter of the claims table that lists them.
    """

    number: int
    more: bool
    query: str

    @classmethod
    def of(cls, found: Collection[int], why: str) -> "Total":
        """Return the total of some claims that were found, at most one more than are counted, by a value of `review`."""
        query = urlencode({"review": why})
        return cls(min(len(found), _COUNTED), len(found) > _COUNTED, query)


@dataclass(frozen=True)
class DueForReview:
    """The verdicts that are due for review, the same for everyone: none that somebody is to check blind.

    Attributes:
        first: the first ones: those whose date has come, then those that something newer asks about.
        total: how many there are.
        dated: how many have a date that has come.
        challenged: about how many a newer figure or a contradiction asks.
    """

    first: Sequence[Due]
    total: Total
    dated: Total
    challenged: Total


def due_verdicts(today: date) -> DueForReview:
    """Return what is due for review, in at most four queries.

    Args:
        today: the reader's.
    """
    dated, challenged = _dated(today), _challenged()
    reasons = dated | challenged
    shown = list(reasons)[:_SHOWN]
    claims = _read(shown)
    return DueForReview(
        [Due(claims[pk], reasons[pk]) for pk in shown],
        Total.of(reasons, DUE),
        Total.of(dated, DATE_PASSED),
        Total.of(challenged, CHALLENGED),
    )


def _dated(today: date) -> dict[int, Reason]:
    found = decided_for_all().filter(is_due(today)).order_by("review_by", "pk")
    days = found.values_list("pk", "review_by")[: _COUNTED + 1]
    return {pk: Reason("", day) for pk, day in days if day}


def _challenged() -> dict[int, Reason]:
    """Return what the newest later claim does to each claim. Several may contradict one, so more matches are read."""
    found = challenges().order_by().values_list("earlier", "relation", "proposed_at")
    rows = sorted(found[: 4 * _COUNTED], key=lambda row: row[2])
    # Each claim keeps the place of its first match and the reason of its last one.
    reasons = {pk: Reason(relation, timezone.localtime(at).date()) for pk, relation, at in rows}
    return dict(list(reasons.items())[: _COUNTED + 1])


def _read(claim_ids: Sequence[int]) -> dict[int, Claim]:
    if not claim_ids:
        return {}
    revisions = Revision.objects.defer("body").select_related("article")
    claims = Claim.objects.prefetch_related(Prefetch("revision", revisions))
    return claims.in_bulk(claim_ids)
