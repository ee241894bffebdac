"""The lines of a review queue: claims as lists and marks show them."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Protocol


@dataclass(slots=True)
class QueuedClaim:
    """A claim as lists and marks show it: what they need of its row, and no more.

    A long article has hundreds, which every answer counts through; whole claims would take ten times as long to
    read. Fields are named like the columns.
    """

    pk: int
    start: int
    version: int
    statement: str
    quotation: str
    verdict: str
    process: str
    checkable: bool
    dismissed: bool
    blind: bool
    assigned_to_id: int | None
    touched_at: datetime | None
    source_name: str | None
    source_kind: str | None
    spans: list[list[int]]
    source_spans: list[list[int]]

    @property
    def state(self) -> str:
        """Its verdict, or "proposed" while nobody has touched it."""
        return self.verdict if self.touched_at else "proposed"


COLUMNS = tuple(
    {"source_name": "source__name", "source_kind": "source__kind"}.get(one.name, one.name)
    for one in fields(QueuedClaim)
    if one.name not in {"spans", "source_spans"}
)


class Placed(Protocol):
    """Anything that stands at a place of the text: a claim, or its line in the queue."""

    pk: int
    start: int
