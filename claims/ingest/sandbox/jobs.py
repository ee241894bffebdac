"""The jobs of a reader process: a file and its options in, answers out, one after another."""

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from io import BytesIO
from typing import Any, BinaryIO

from claims import ingest
from claims.errors import NotAFeedError, NotTextError, TooLargeError, WorkbenchError
from claims.ingest import (
    archives,
    documents,
    fact_checks,
    feeds,
    mails,
    thumbnails,
    workbooks,
)
from claims.ingest.decoding import recoded
from claims.ingest.sandbox.channel import Message
from claims.ingest.sandbox.messages import (
    MAX_NAME,
    MAX_NAMES,
    article_as_data,
    check_as_data,
    document_as_data,
    entry_as_data,
    found_as_data,
)

Options = Mapping[str, Any]


def _article(stream: BinaryIO, options: Options) -> Iterator[Message]:
    if options["charset"]:
        stream = BytesIO(recoded(stream.read(), declared=options["charset"]))
    yield {"article": article_as_data(ingest.read(stream, name=options["name"]))}


def _articles(stream: BinaryIO, options: Options) -> Iterator[Message]:
    tells = stream.seekable()
    for entry in archives.articles(stream, options["name"]):
        told = entry_as_data(entry, reached=stream.tell() if tells else 0)
        # Only who asks for them gets them with each record.
        if options["names"]:
            told["names"] = [name[:MAX_NAME] for name in entry.names[:MAX_NAMES]]
        yield {"entry": told}


def _envelope(stream: BinaryIO, _options: Options) -> Iterator[Message]:
    yield {"envelope": asdict(mails.envelope(stream.read()))}


def _mail(stream: BinaryIO, _options: Options) -> Iterator[Message]:
    for part in mails.articles(stream):
        yield {"part": {"name": part.name, **found_as_data(part.found)}}


def _fact_checks(stream: BinaryIO, options: Options) -> Iterator[Message]:
    for entry in fact_checks.fact_checks(stream, options["name"], options["address"]):
        yield {"entry": check_as_data(entry)}


def _addresses(stream: BinaryIO, options: Options) -> Iterator[Message]:
    address = options["address"]
    try:
        found = [entry.address for entry in feeds.entries(stream, address=address)]
    except (NotAFeedError, NotTextError, TooLargeError) as error:
        # Sitemaps may be compressed, and larger than any feed.
        stream.seek(0)
        found = _pages(stream, address, otherwise=error)
    for each in dict.fromkeys(found):
        yield {"address": each}


def _pages(stream: BinaryIO, address: str, *, otherwise: WorkbenchError) -> list[str]:
    """Return the pages of a sitemap; if it is not one either, raise the error about the feed."""
    try:
        places = feeds.sitemap(stream, address=address)
    except NotAFeedError as error:
        raise error if isinstance(otherwise, NotAFeedError) else otherwise from None
    return [entry.address for entry in places if not entry.is_sitemap]


def _rows(stream: BinaryIO, options: Options) -> Iterator[Message]:
    for row in workbooks.rows(stream, most=options["most"], width=options["width"]):
        yield {"row": row}


def _thumbnail(stream: BinaryIO, _options: Options) -> Iterator[Message]:
    yield {"png": b64encode(thumbnails.thumbnail(stream) or b"").decode()}


def _document(stream: BinaryIO, options: Options) -> Iterator[Message]:
    found = documents.read(stream, name=options["name"], charset=options["charset"])
    yield {"document": document_as_data(found)}


def _inert_page(stream: BinaryIO, options: Options) -> Iterator[Message]:
    page = documents.inert_page(stream.read(), charset=options["charset"])
    yield {"page": b64encode(page).decode()}


JOBS: dict[str, Callable[[BinaryIO, Options], Iterator[Message]]] = {
    "article": _article,
    "articles": _articles,
    "fact_checks": _fact_checks,
    "envelope": _envelope,
    "mail": _mail,
    "addresses": _addresses,
    "rows": _rows,
    "thumbnail": _thumbnail,
    "document": _document,
    "inert_page": _inert_page,
}
"""Each job by its name."""
