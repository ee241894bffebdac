"""Fetches other newsrooms' fact-checks from an address."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from io import BytesIO

from claims.fetching import Limits, NotModified, Robots, fetch_politely
from claims.ingest import sandbox
from claims.ingest.fact_checks.types import CheckEntry

LIMITS = Limits(seconds=180.0, wire=80_000_000, size=300_000_000)
"""What is enough for the largest data feed, which has some 100,000 fact-checks."""


@dataclass(frozen=True, slots=True)
class FetchedChecks:
    """The fact-checks at an address.

    Attributes:
        entries: each as it is read, which may raise an error.
        etag: the answer's ETag, or "".
        modified: its Last-Modified, or "".
    """

    entries: Iterator[CheckEntry]
    etag: str
    modified: str


def fact_checks_at(
    address: str,
    *,
    extension: str,
    robots: Robots,
    etag: str = "",
    modified: str = "",
    allow: Collection[str] = (),
) -> FetchedChecks | None:
    """Fetch the fact-checks at an address, if they have changed.

    Args:
        address: of a page, a data feed or a table.
        extension: how it is read: "html", "json" or "csv".
        robots: the sites' known rules.
        etag: the ETag of the last answer, or "".
        modified: its Last-Modified, or "".
        allow: hosts that may be fetched from although they are not public, as in `claims.fetching.fetch`.

    Returns:
        The fact-checks; None if nothing has changed since the last answer.

    Raises:
        WorkbenchError: as `claims.fetching.fetch_politely` says, and, while they are read, as
            `claims.ingest.fact_checks.fact_checks` says.
    """
    found = fetch_politely(
        address, robots=robots, limits=LIMITS, allow=allow, etag=etag, modified=modified
    )
    if isinstance(found, NotModified):
        return None
    read = sandbox.fact_checks(
        BytesIO(found.body), name=f"answer.{extension}", address=found.address
    )
    return FetchedChecks(read, found.etag, found.modified)
