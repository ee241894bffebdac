"""The lines of a review queue: claims as lists and marks show them."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import NamedTuple, Protocol


class Links(NamedTuple):
    """The addresses of a queue's claims, with braces for the claim's id: its page, and its panel alone."""

    url: str
    part: str


@dataclass(slots=True)
class QueuedClaim:
    """A claim as lists and marks show it: what they need of its row, and no more.

    A long article has hundreds, which every answer counts through; whole claims would take ten times as long to
    read. Fields are named like the columns, but for `links`: the addresses of any claim under the queue's filter.
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
    links: Links

    @property
    def url(self) -> str:
        """The page with the claim."""
        return self.links.url.format(self.pk)

    @property
    def part(self) -> str:
        """The claim's panel alone."""
        return self.links.part.format(self.pk)

    @property
    def state(self) -> str:
        """Its verdict, or "proposed" while nobody has touched it."""
        return self.verdict if self.touched_at else "proposed"


COLUMNS = tuple(
    {"source_name": "source__name", "source_kind": "source__kind"}.get(one.name, one.name)
    for one in fields(QueuedClaim)
    if one.name not in {"spans", "source_spans", "links"}
)


class Placed(Protocol):
    """Anything that stands at a place of the text: a claim, or its line in the queue."""

    pk: int
    start: int
