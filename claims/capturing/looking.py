"""Looking at a page again, as its site allows, without keeping it."""

from collections.abc import Collection
from dataclasses import dataclass

from claims.capturing.pages import LIMITS, read_page
from claims.fetching import NotModified, Robots, fetch_politely


@dataclass(frozen=True, slots=True)
class Look:
    """What was at an address.

    Attributes:
        address: the final address, after all redirects.
        text: the page's main text; "" if it has none that can be read.
        crawl_delay: how many seconds the site asks to leave between two requests, or 0.
    """

    address: str
    text: str
    crawl_delay: float


def look_at(address: str, *, robots: Robots, allow: Collection[str] = ()) -> Look:
    """Fetch a page and read its words, if its site allows that to programs.

    Args:
        address: an http or https address.
        robots: the sites' known rules.
        allow: hosts that may be on a private network, as in `claims.fetching.fetch`.

    Raises:
        WorkbenchError: as in `claims.fetching.fetch_politely`.
    """
    found = fetch_politely(address, robots=robots, limits=LIMITS, allow=allow)
    if isinstance(found, NotModified):
        raise TypeError("nothing was asked for conditionally")
    words, _problem = read_page(found)
    return Look(found.address, words.text if words else "", found.crawl_delay or 0.0)
