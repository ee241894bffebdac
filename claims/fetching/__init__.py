"""From an address to what is there, without being led where nobody meant to go.

`fetch` gets one page, `fetch_politely` a feed. Only http and https, only public addresses unless the
caller allows a host, bounded in time, size and redirects. `normal` gives addresses one form to compare.
"""

from claims.fetching.addresses import normal
from claims.fetching.client import fetch
from claims.fetching.politeness import Robots, fetch_politely
from claims.fetching.types import Fetched, Limits, NotModified

__all__ = ["Fetched", "Limits", "NotModified", "Robots", "fetch", "fetch_politely", "normal"]
