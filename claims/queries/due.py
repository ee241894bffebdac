"""The verdicts that are due for review: their date has come, or something newer came in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import Prefetch
from django.utils import timezone

from claims.models import Claim, Revision
from claims.queries.claims.archive_conditions import CHALLENGED, DATE_PASSED, DUE
from claims.queries.claims.matched import challenges, decided_for_all, is_due
from claims.queries.claims.rows import ClaimRow, as_seen_by

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
    """A claim whose verdict is due for review, as a person may see it, and why."""

    row: ClaimRow
    reason: Reason

    @property
    def decided_at(self) -> datetime | None:
        """When the verdict was set, which everyone may know of a verdict that is due."""
        return self.row.claim.decided_at


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


def due_verdicts(viewer: User, today: date) -> DueForReview:
    """Return what is due for review, in at most four queries.

    Args:
        viewer: the person.
        today: the day in their zone.
    """
    dated, challenged = _dated(today), _challenged()
    reasons = dated | challenged
    shown = list(reasons)[:_SHOWN]
    rows = _read(shown, viewer)
    return DueForReview(
        [Due(rows[pk], reasons[pk]) for pk in shown],
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


def _read(claim_ids: Sequence[int], viewer: User) -> dict[int, ClaimRow]:
    revisions = Revision.objects.defer("body").select_related("article")
    claims = Claim.objects.filter(pk__in=claim_ids).prefetch_related(
        Prefetch("revision", revisions)
    )
    return {row.pk: row for row in as_seen_by(viewer, claims if claim_ids else [])}
