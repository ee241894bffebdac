"""The sources of a text's claims, by which its queue is filtered and ordered."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

from claims.models.base.ids import id_of
from claims.queries.claims.conditions import NO_SOURCE
from claims.queries.review.rows import QueuedClaim

SOURCE = "source"
"""What an address calls the source whose claims a queue shows."""


class SourceCount(NamedTuple):
    """One source as a page offers it.

    Attributes:
        word: its id as an address has it; `NO_SOURCE` for the article's own voice.
        name: its name; "" for the article's own voice.
        kind: its kind, or "".
        number: how many claims in work it makes.
        current: whether the queue shows its claims alone.
    """

    word: str
    name: str
    kind: str
    number: int
    current: bool


class Sourced(Protocol):
    """A claim, or its row in the queue."""

    @property
    def source_id(self) -> int | None:
        """The id of its source."""


def word_of(claim: Sourced) -> str:
    """Return what an address calls the source of a claim."""
    return str(claim.source_id) if claim.source_id is not None else NO_SOURCE


def is_source(word: str) -> bool:
    """Return whether an address may call a source so; "" stands for all sources."""
    return word in {"", NO_SOURCE} or id_of(word) is not None


def listed_by_source(word: str) -> Mapping[str, str]:
    """Return the filters of the claims table that list what a queue of this source shows."""
    if word == NO_SOURCE:
        return {"kind": NO_SOURCE}
    return {"source": word} if word else {}


def source_counts(claims: Iterable[QueuedClaim], current: str) -> Iterator[SourceCount]:
    """Yield the sources of some claims in the order of the text, each with its number of claims.

    Args:
        claims: the claims in work, in the order of the text.
        current: the word of the source that the queue shows.
    """
    alike: dict[str, list[QueuedClaim]] = {}
    for claim in claims:
        alike.setdefault(word_of(claim), []).append(claim)
    for word, some in alike.items():
        name, kind = some[0].source_name or "", some[0].source_kind or ""
        yield SourceCount(word, name, kind, len(some), word == current)


def ranks_by_source(claims: Iterable[QueuedClaim]) -> dict[int, int]:
    """Return what sorts claims source by source: by id, the place where their source first speaks."""
    first: dict[int | None, int] = {}
    return {claim.pk: first.setdefault(claim.source_id, claim.start) for claim in claims}
