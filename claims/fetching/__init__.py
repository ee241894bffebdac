"""Fetches web pages safely: an address in, the page, article or feed out.

`fetch` gets one page, `fetch_politely` a feed, and `articles` turns what comes back into an article or
a list of addresses; `sending` is for what goes the other way. Only http and https are used, and only public addresses unless the caller allows a
host; time, size and redirects are limited. `normal` gives addresses a form in which they can be
compared.
"""

from claims.fetching.addresses import normal
from claims.fetching.client import fetch
from claims.fetching.politeness import Robots, fetch_politely
from claims.fetching.types import Exchange, Fetched, Limits, NotModified

__all__ = [
    "Exchange",
    "Fetched",
    "Limits",
    "NotModified",
    "Robots",
    "fetch",
    "fetch_politely",
    "normal",
]
