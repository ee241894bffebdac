"""The rows of a review queue."""

import json
from collections.abc import Container
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Protocol

from django.contrib.auth.models import User
from django.db.models import TextField
from django.db.models.functions import Cast

from claims.choices import Verdict
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
    said, named = Cast("spans", TextField()), Cast("source_spans", TextField())
    placed = claims.in_reading_order().annotate(said=said, named=named)
    rows = list(placed.values_list(*COLUMNS, "said", "named"))
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
