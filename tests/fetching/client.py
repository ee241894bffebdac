"""Fetching a page of a test's site, within small limits."""

from claims.fetching import Limits, fetch
from tests.fetching.sites import Site

SHORT = Limits(seconds=0.3)
ENOUGH = 3.0
"""Seconds in which an answer of this machine begins, however slow it is. Who tries what comes after waits for so long."""
SMALL = Limits(wire=100_000, size=200_000)
OK = b"HTTP/1.1 200 OK\r\n"


def got(site: Site, path: str = "/", **kwargs):
    """What is fetched from a site of the test."""
    return fetch(site.at(path), allow=site.allow(), **kwargs)
