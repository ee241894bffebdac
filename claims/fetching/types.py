"""What a fetch may use and what it gives. Plain data: no Django."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one fetch may take, its redirects included.

    Attributes:
        seconds: from the first look-up to the last byte.
        wire: bytes of the answer's body as they are sent, give or take one buffer.
        size: bytes of the body once it is unpacked.
        redirects: how often the site may send on to another address.
    """

    seconds: float = 20.0
    wire: int = 5_000_000
    size: int = 20_000_000
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave.

    Attributes:
        address: where it was found, after all redirects.
        content_type: what the answer says it is, such as "text/html", in lower case, or "".
        charset: the encoding that the answer's header names, in lower case, or "".
        body: the bytes, unpacked.
        redirects: the addresses that were asked before and sent on, in order.
        etag: the answer's ETag, or "". For the next `fetch_politely`.
        modified: the answer's Last-Modified, as it was sent, or "". Likewise.
        crawl_delay: how many seconds the site's robots.txt asks to leave between two requests, or None.
            Only `fetch_politely` knows it.
    """

    address: str
    content_type: str
    charset: str
    body: bytes
    redirects: tuple[str, ...] = ()
    etag: str = ""
    modified: str = ""
    crawl_delay: float | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """A feed is as it was when it was last fetched. The attributes are those of `Fetched`."""

    address: str
    redirects: tuple[str, ...] = ()
    crawl_delay: float | None = None
