"""Parsing feeds (RSS, Atom, JSON Feed) and sitemaps. Nothing is fetched here."""

import io
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO
from urllib.parse import urljoin, urlsplit

from lxml.etree import ParserError, XMLSyntaxError, _Element, iterparse
from lxml.html import fragment_fromstring

from claims.errors import NotAFeedError, TooLargeError, gettext_noop
from claims.ingest.cleaning import clean, one_line
from claims.ingest.dates import moment
from claims.ingest.decoding import bytes_of, declared_encoding, decode
from claims.ingest.drafts import MAX_LENGTHS
from claims.ingest.safe_xml import name

MAX_FEED = 5_000_000
"""Bytes of a feed. Those of large news sites with whole articles have about one million."""

MAX_TAGS = 80_000
"""Feeds with whole articles have some 30,000; reading more than these takes feedparser many seconds."""

MAX_SITEMAP = 50_000_000
"""Bytes of a sitemap, unpacked, and MAX_ENTRIES its addresses: https://www.sitemaps.org/protocol.html"""

MAX_ENTRIES = 50_000
MAX_SUMMARY = 2_000

_JSON_FEED = "https://jsonfeed.org/version/"
_GZIP = b"\x1f\x8b"
_ENTRIES = ("url", "sitemap")
_ROOTS = ("urlset", "sitemapindex")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed.

    Attributes:
        address: the article's full address.
        headline: on one line, or "".
        published: when it was published or, if the feed does not say so, last changed; with its zone, or
            None.
        summary: plain text, or "".
        id: the entry's permanent id in the feed, or its address.
    """

    address: str
    headline: str
    published: datetime | None
    summary: str
    id: str


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One entry of a sitemap.

    Attributes:
        address: the full address of a page, or of another sitemap.
        headline: on one line, or ""; only news sitemaps have it.
        published: with its zone, or None; only news sitemaps have it.
        changed: when the page last changed, with its zone, or None.
        is_sitemap: whether this is the address of another sitemap.
    """

    address: str
    headline: str
    published: datetime | None
    changed: datetime | None
    is_sitemap: bool


def entries(stream: BinaryIO, *, address: str = "") -> list[FeedEntry]:
    """Parse a feed.

    Args:
        stream: its bytes.
        address: where it was fetched, to resolve relative addresses.

    Returns:
        The entries with the address of a web page, in the feed's order. Of a damaged feed, those that can be
        read.

    Raises:
        NotAFeedError: it is not a feed, nor the beginning of one.
        NotTextError: its encoding is unknown.
        TooLargeError: it has more than `MAX_FEED` bytes or `MAX_TAGS` tags.
    """
    data = bytes_of(stream, limit=MAX_FEED)
    text = clean(decode(data, declared=declared_encoding(data)))
    if not text:
        raise NotAFeedError(why=gettext_noop("it is empty"))
    found = _in_json(text) if text.startswith("{") else _in_xml(text, address)
    known = (_feed_entry(each, address) for each in found[:MAX_ENTRIES])
    return [entry for entry in known if entry is not None]


def _in_json(text: str) -> list[Mapping[str, object]]:
    """Return the entries of a JSON Feed, with their values named as feedparser does.

    The format: https://jsonfeed.org/version/1.1.
    """
    try:
        feed = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise NotAFeedError(why=gettext_noop("it is damaged")) from error
    items = feed.get("items")
    if not str(feed.get("version")).startswith(_JSON_FEED) or not isinstance(items, list):
        raise NotAFeedError(why=gettext_noop("it is JSON, but not a JSON Feed"))
    return [
        {
            # An item that only points elsewhere has the address of its comment, and that of the page.
            "link": item.get("external_url") or item.get("url"),
            "id": item.get("id"),
            "title": item.get("title"),
            "published": item.get("date_published"),
            "updated": item.get("date_modified"),
            "summary": item.get("summary") or item.get("content_text") or item.get("content_html"),
        }
        for item in items
        if isinstance(item, dict)
    ]


def _in_xml(text: str, address: str) -> list[Mapping[str, object]]:
    """Return the entries of an RSS or Atom feed."""
    # It takes a twentieth of a second to import, and few processes read feeds.
    import feedparser

    tags = text.count("<")
    if tags > MAX_TAGS:
        raise TooLargeError(limit=MAX_TAGS, unit=gettext_noop("elements"))
    try:
        # Never the text itself: feedparser would open it if it looked like an address or a file name.
        feed = feedparser.parse(
            io.BytesIO(text.encode()),
            response_headers={
                "content-type": "application/xml; charset=utf-8",
                "content-location": address,
            },
            sanitize_html=False,
        )
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
        AssertionError,
    ) as error:
        raise NotAFeedError(why=gettext_noop("it is damaged")) from error
    if not feed.version and not feed.entries:
        raise NotAFeedError(why=gettext_noop("it has none of the elements of a feed"))
    return list(feed.entries)


def _feed_entry(entry: Mapping[str, object], base: str) -> FeedEntry | None:
    address = _web_address(entry.get("link"), base) or _web_address(entry.get("id"), "")
    if not address:
        return None
    dates = (moment(_plain(entry.get(key))) for key in ("published", "updated"))
    return FeedEntry(
        address=address,
        headline=one_line(_plain(entry.get("title"))),
        published=next((_with_zone(date) for date in dates if date), None),
        summary=_plain(entry.get("summary"))[:MAX_SUMMARY],
        id=_plain(entry.get("id")) or address,
    )


def sitemap(stream: BinaryIO, *, address: str = "") -> list[SitemapEntry]:
    """Parse a sitemap, a sitemap index or a news sitemap, compressed with gzip or not.

    Args:
        stream: its bytes.
        address: where it was fetched, to resolve relative addresses.

    Returns:
        Its entries, in order, at most `MAX_ENTRIES`. Of a damaged sitemap, those that can be read.

    Raises:
        NotAFeedError: it is not a sitemap, nor the beginning of one.
        TooLargeError: it has more than `MAX_SITEMAP` bytes, or would have when unpacked.
    """
    data = bytes_of(stream, limit=MAX_SITEMAP)
    if data.startswith(_GZIP):
        data = _unpacked(data)
    found: list[SitemapEntry] = []
    is_sitemap = False
    try:
        for element in _elements(data):
            if name(element) in _ROOTS:
                is_sitemap = True
            elif entry := _sitemap_entry(element, address):
                found.append(entry)
                if len(found) == MAX_ENTRIES:
                    break
    except XMLSyntaxError as error:
        if not found:
            raise NotAFeedError(
                why=gettext_noop("it is not valid XML, or it is damaged")
            ) from error
    if not (found or is_sitemap):
        raise NotAFeedError(why=gettext_noop("it has none of the elements of a sitemap"))
    return found


def _elements(data: bytes) -> Iterator[_Element]:
    """Yield a sitemap's entries and the elements around them as each ends, and free those already yielded."""
    parsing = iterparse(
        io.BytesIO(data),
        tag=[f"{{*}}{each}" for each in (*_ENTRIES, *_ROOTS)],
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        recover=True,
    )
    for _, element in parsing:
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _sitemap_entry(element: _Element, base: str) -> SitemapEntry | None:
    parent = element.getparent()
    if parent is None or name(parent) not in _ROOTS:
        return None
    # Nested image and video elements use other names.
    texts = {name(each): _joined(each) for each in element if name(each) in {"loc", "lastmod"}}
    news = {name(each): _joined(each) for part in element if name(part) == "news" for each in part}
    address = _web_address(texts.get("loc"), base)
    if not address:
        return None
    published, changed = moment(news.get("publication_date", "")), moment(texts.get("lastmod", ""))
    return SitemapEntry(
        address=address,
        headline=one_line(news.get("title", "")),
        published=published and _with_zone(published),
        changed=changed and _with_zone(changed),
        is_sitemap=name(element) == "sitemap",
    )


def _joined(element: _Element) -> str:
    return "".join(element.itertext()).strip()


def _unpacked(data: bytes) -> bytes:
    try:
        unpacked = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, MAX_SITEMAP + 1)
    except zlib.error as error:
        raise NotAFeedError(why=gettext_noop("it is damaged")) from error
    if len(unpacked) > MAX_SITEMAP:
        raise TooLargeError(limit=MAX_SITEMAP // 1_000_000, unit=gettext_noop("MB"))
    return unpacked


def _web_address(value: object, base: str) -> str:
    """Return a full address, or "" if it is not a web address."""
    try:
        address = urljoin(base, value.strip()) if isinstance(value, str) and value.strip() else ""
        parts = urlsplit(address)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return ""
    return address if is_web and len(address) <= MAX_LENGTHS["url"] else ""


def _plain(value: object) -> str:
    """Return a text that may contain HTML as plain text."""
    if not isinstance(value, str):
        return ""
    if "<" not in value and "&" not in value:
        return value.strip()
    try:
        element = fragment_fromstring(value.replace("\0", ""), create_parent="div")
    except (ParserError, ValueError):
        return value.strip()
    for hidden in element.iter("script", "style"):
        hidden.text = ""
    return " ".join(" ".join(map(str, element.itertext())).split())


def _with_zone(date: datetime) -> datetime:
    return date if date.utcoffset() is not None else date.replace(tzinfo=UTC)
