"""Fetches what is at an address as an article or a feed."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from io import BytesIO

from claims.fetching import Fetched, NotModified, Robots, fetch, fetch_politely
from claims.ingest import sandbox
from claims.ingest.types import ArticleDraft

_PDF = "application/pdf"
_EXTENSIONS = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "txt",
    _PDF: "pdf",
}
"""What may be an article at an address, and the extension of files that hold such a thing."""


ROBOTS = Robots()
"""What this process knows of the sites, for an hour each."""


@dataclass(frozen=True)
class Feed:
    """The pages that a feed or a sitemap names.

    Attributes:
        addresses: the pages' addresses, in the feed's order.
        delay: how many seconds the site asks to leave between two requests, or 0.
    """

    addresses: tuple[str, ...]
    delay: float


def article_at(
    address: str, *, allow: Collection[str] = (), robots: Robots | None = None
) -> ArticleDraft:
    """Fetch an article and read it in the format that the answer declares.

    Args:
        address: the article's address.
        allow: hosts that may be fetched from although they are not public, as in
            `claims.fetching.fetch`.
        robots: the sites' known rules, if the request comes from a program and not a person.

    Raises:
        WorkbenchError: as `claims.fetching.fetch` and `claims.ingest.sandbox.Sandbox.read` say.
    """
    types = list(_EXTENSIONS)
    if robots is None:
        found = fetch(address, allow=allow, types=types)
    else:
        found = _whole(fetch_politely(address, robots=robots, allow=allow, types=types))
    kind = found.content_type or _guessed(found.body)
    draft = sandbox.read(
        BytesIO(found.body),
        name=f"page.{_EXTENSIONS[kind]}",
        charset="" if kind == _PDF else found.charset,
    )
    return replace(draft, url=draft.url or found.address)


def feed_at(address: str, *, robots: Robots, allow: Collection[str] = ()) -> Feed:
    """Fetch a feed or a sitemap.

    Args:
        address: the feed's address.
        allow: hosts that may be fetched from although they are not public, as in
            `claims.fetching.fetch`.
        robots: the sites' known rules.

    Raises:
        NotAFeedError: it is neither.
        WorkbenchError: as `claims.fetching.fetch_politely` says.
    """
    found = _whole(fetch_politely(address, robots=robots, allow=allow))
    addresses = sandbox.addresses(BytesIO(found.body), address=found.address)
    return Feed(tuple(addresses), found.crawl_delay or 0.0)


def _guessed(body: bytes) -> str:
    """Guess the type of an answer that does not declare one."""
    if body.startswith(b"%PDF-"):
        return _PDF
    return "text/html" if body.lstrip().startswith(b"<") else "text/plain"


def _whole(found: Fetched | NotModified) -> Fetched:
    """Return what was fetched. No conditional headers were sent, so there is always a body."""
    if isinstance(found, NotModified):
        raise TypeError("nothing was asked for conditionally")
    return found
