"""The rows of a review queue."""

import json
from collections.abc import Container, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Protocol

from django.contrib.auth.models import User
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from claims.choices import Verdict
from claims.models import Claim
from claims.models.base.prepared import Prepared
from claims.models.claims.blind import hidden_among
from claims.models.claims.querysets import ClaimQuerySet


@dataclass(slots=True)
class QueuedClaim:
    """A claim with only the fields that lists and marks need.

    A long article has hundreds, which every answer counts through; whole claims would take ten times as long to
    read. Fields are named like the columns. `seen` and `contradicted` are what the archive knows of it.
    """

    pk: int
    start: int
    version: int
    statement: str
    quotation: str
    verdict: str
    review_status: str
    checkable: bool
    dismissed: bool
    anchor_status: str | None
    blind: bool
    assigned_to_id: int | None
    due_on: date | None
    touched_at: datetime | None
    source_id: int | None
    source_name: str | None
    source_kind: str | None
    spans: list[list[int]]
    source_spans: list[list[int]]
    seen: bool
    contradicted: bool

    @property
    def state(self) -> str:
        """Its verdict, or "proposed" if nobody has edited it."""
        return self.verdict if self.touched_at else "proposed"


COLUMNS = tuple(
    {"source_name": "source__name", "source_kind": "source__kind"}.get(one.name, one.name)
    for one in fields(QueuedClaim)
    if one.name not in {"spans", "source_spans", "seen", "contradicted"}
)


def rows_of(
    claims: ClaimQuerySet, viewer: User, seen: Container[int], contradicted: Container[int]
) -> list[QueuedClaim]:
    """Read claims in reading order, in one query, and one for those waiting for a blind check if there are any.

    A blind checker sees them without the verdict.

    Args:
        claims: the claims, all of one text.
        viewer: who looks at them.
        seen: the ids of those that were seen before.
        contradicted: the ids of those that are contradicted.
    """
    return _queued(list(columns_of(claims)), viewer, seen, contradicted)


def rows_of_text(
    revision: int, viewer: User, seen: Container[int], contradicted: Container[int]
) -> list[QueuedClaim]:
    """As `rows_of`, for all claims of a text.

    Args:
        revision: the text's id.
        viewer: who looks at them.
        seen: the ids of those that were seen before.
        contradicted: the ids of those that are contradicted.
    """
    return _queued(_OF_TEXT.all(revision), viewer, seen, contradicted)


def row_of_text(
    revision: int, claim: int, viewer: User, seen: Container[int], contradicted: Container[int]
) -> QueuedClaim | None:
    """As `rows_of`, for one claim of a text, or None if the text does not have it.

    Args:
        revision: the text's id.
        claim: the claim's id.
        viewer: who looks at it.
        seen: the ids of claims that were seen before.
        contradicted: the ids of claims that are contradicted.
    """
    return next(iter(_queued(_ONE.all(revision, claim), viewer, seen, contradicted)), None)


def columns_of(claims: ClaimQuerySet) -> "QuerySet[Claim, tuple[Any, ...]]":
    """Return what the rows are read from, in reading order."""
    said, named = Cast("spans", TextField()), Cast("source_spans", TextField())
    placed = claims.in_reading_order().annotate(said=said, named=named)
    return placed.values_list(*COLUMNS, "said", "named")


_OF_TEXT = Prepared(lambda revision: columns_of(Claim.objects.filter(revision=revision)))
_ONE = Prepared(lambda revision, pk: columns_of(Claim.objects.filter(revision=revision, pk=pk)))


def _queued(
    rows: Sequence[tuple[Any, ...]],
    viewer: User,
    seen: Container[int],
    contradicted: Container[int],
) -> list[QueuedClaim]:
    # All places are parsed at once, because row by row they took as long as everything else.
    places = (json.loads(f"[{','.join(row[at] for row in rows)}]") for at in (-2, -1))
    found = [
        QueuedClaim(*[*row[:-2], spans, sources, row[0] in seen, row[0] in contradicted])
        for row, spans, sources in zip(rows, *places, strict=True)
    ]
    hidden = hidden_among(viewer, found)
    for claim in found:
        if claim.pk in hidden:
            claim.verdict = Verdict.PENDING
    return found


class Placed(Protocol):
    """Anything with a place in the text: a claim, or its row in the queue."""

    pk: int
    start: int
