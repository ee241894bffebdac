"""WARC files (ISO 28500): written from what went over the wire, and read again."""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator, WARCIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParserException
from warcio.warcwriter import WARCWriter

from claims.errors import UnreadableFileError, gettext_noop
from claims.fetching import Exchange
from claims.fetching.compression import PIECE, UnknownCodingError, unpacked

LARGEST = 40_000_000
"""Bytes of a page, unpacked."""

UNREADABLE = (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, ValueError)
"""What the library may raise for an exchange that is not valid HTTP."""

_RESPONSE, _REQUEST = "response", "request"
_VERSION = "WARC/1.1"
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Payload:
    """What a page consists of, unpacked.

    Attributes:
        address: the address that sent it.
        charset: the encoding declared with its type, in lower case, or "".
        body: the decoded bytes.
    """

    address: str
    charset: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer is within a WARC file.

    Attributes:
        address: the requested address.
        date: when, as the file says: "2026-04-15T18:40:00.000000Z".
        status: the HTTP status.
        content_type: the declared type without its parameters, or "".
        digest: that of its payload, with the name of the algorithm.
        offset, length: its bytes in the file.
    """

    address: str
    date: str
    status: str
    content_type: str
    digest: str
    offset: int
    length: int


def warc_of(exchanges: Sequence[Exchange], *, software: str) -> bytes:
    """Write exchanges into a WARC file, each request and each answer as a record of its own.

    Args:
        exchanges: in order; at least one.
        software: the value of the file's field of that name.

    Returns:
        The file, each record gzipped by itself, as programs for web archives expect.
    """
    file = BytesIO()
    writer = WARCWriter(file, gzip=True, warc_version=_VERSION)
    info = {"software": software, "format": "WARC File Format 1.1"}
    writer.write_record(writer.create_warcinfo_record("", info))
    for exchange in exchanges:
        writer.write_request_response_pair(
            _record(writer, exchange, _REQUEST), _record(writer, exchange, _RESPONSE)
        )
    return file.getvalue()


def _record(writer: WARCWriter, exchange: Exchange, kind: str) -> ArcWarcRecord:
    data = exchange.answer if kind == _RESPONSE else exchange.request
    headers = {"WARC-Date": exchange.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
    if exchange.ip and kind == _RESPONSE:
        headers["WARC-IP-Address"] = exchange.ip
    return writer.create_warc_record(
        exchange.address,
        kind,
        payload=BytesIO(data),
        length=len(data),
        warc_headers_dict=headers,
    )


def answer_of(exchange: Exchange) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Return the status and the headers of an answer."""
    head = _record(WARCWriter(BytesIO()), exchange, _RESPONSE).http_headers
    return int(head.get_statuscode()), tuple((name, value) for name, value in head.headers)


def payload_of(file: IO[bytes]) -> Payload:
    """Return the last page in a WARC file, after all redirects.

    Args:
        file: the file, at its beginning.

    Raises:
        UnreadableFileError: there is none, or it is damaged or larger than `LARGEST`.
    """
    for record in _answers(ArchiveIterator(file)):
        if not record.http_headers.get_statuscode().startswith("3"):
            return Payload(
                address=record.rec_headers.get_header("WARC-Target-URI"),
                charset=_charset(record.http_headers.get_header("Content-Type") or ""),
                body=_body(record),
            )
    raise UnreadableFileError(why=gettext_noop("it contains no page"))


def _body(record: ArcWarcRecord) -> bytes:
    """Return the body of an answer, unpacked as it was when it was fetched: the library knows less about that."""
    head, stream = record.http_headers, record.raw_stream
    if (head.get_header("Transfer-Encoding") or "").lower() == "chunked":
        stream = ChunkedDataReader(stream)
    body = bytearray()
    pieces = iter(partial(stream.read, PIECE), b"")
    try:
        for piece in unpacked(pieces, head.get_header("Content-Encoding") or ""):
            body += piece
            if len(body) > LARGEST:
                raise UnreadableFileError(why=gettext_noop("the page in it is too large"))
    except (UnknownCodingError, zlib.error) as error:
        raise UnreadableFileError(why=gettext_noop("the page in it is damaged")) from error
    return bytes(body)


def _charset(content_type: str) -> str:
    found = _CHARSET.search(content_type)
    return found[1].lower() if found else ""


def places_in(file: IO[bytes]) -> Iterator[Place]:
    """Yield where each answer is in a WARC file, for an index.

    Args:
        file: the file, at its beginning.
    """
    records = WARCIterator(file)
    for record in _answers(records):
        head, of_http = record.rec_headers, record.http_headers
        # Its length is known when it has been read.
        records.read_to_end(record)
        yield Place(
            address=head.get_header("WARC-Target-URI"),
            date=head.get_header("WARC-Date"),
            status=of_http.get_statuscode(),
            content_type=(of_http.get_header("Content-Type") or "").partition(";")[0].strip(),
            digest=head.get_header("WARC-Payload-Digest") or "",
            offset=records.get_record_offset(),
            length=records.get_record_length(),
        )


def _answers(records: Any) -> Iterator[ArcWarcRecord]:
    yield from (record for record in records if record.rec_type == _RESPONSE)
