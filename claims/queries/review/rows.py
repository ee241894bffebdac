"""The rows of a review queue."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Protocol


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
    touched_at: datetime | None
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


class Placed(Protocol):
    """Anything with a place in the text: a claim, or its row in the queue."""

    pk: int
    start: int
