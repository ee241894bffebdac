"""The limits and results of a fetch. Plain data: no Django."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one fetch, its redirects included.

    Attributes:
        seconds: from the first look-up to the last byte.
        wire: bytes of the answer's body as sent, give or take one buffer.
        size: bytes of the body once it is decompressed.
        redirects: how many redirects are followed.
    """

    seconds: float = 20.0
    wire: int = 5_000_000
    size: int = 20_000_000
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer from an address.

    Attributes:
        address: the final address, after all redirects.
        content_type: the declared type, such as "text/html", in lower case, or "".
        charset: the encoding named in the answer's header, in lower case, or "".
        body: the decompressed bytes.
        redirects: the addresses that redirected, in order.
        etag: the answer's ETag, or "", for the next `fetch_politely`.
        modified: the answer's Last-Modified as it was sent, or "", for the next `fetch_politely`.
        crawl_delay: how many seconds the site's robots.txt asks to leave between two requests, or None.
            Set only by `fetch_politely`.
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
    """The feed has not changed since it was last fetched. The attributes are those of `Fetched`."""

    address: str
    redirects: tuple[str, ...] = ()
    crawl_delay: float | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer as they went over the wire.

    Attributes:
        address: the requested address.
        ip: the IP address that answered.
        at: when the request was sent.
        request: the bytes of the request.
        answer: the bytes of the answer: its head, and its body with whatever encoding it was sent in.
    """

    address: str
    ip: str
    at: datetime
    request: bytes
    answer: bytes
