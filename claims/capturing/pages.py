"""Capturing one page: fetched, kept as it came, and read."""

import logging
import mimetypes
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from claims.capturing.warc import LARGEST, UNREADABLE, answer_of, payload_of, warc_of
from claims.errors import UnreachableError, UnreadableFileError, WorkbenchError, gettext_noop
from claims.fetching import Exchange, Fetched, Limits, fetch
from claims.fetching.addresses import host_of
from claims.ingest import sandbox
from claims.ingest.documents import KINDS
from claims.ingest.types import DocumentText

logger = logging.getLogger(__name__)

LIMITS = Limits(seconds=30.0, wire=20_000_000, size=LARGEST)
"""As much as an uploaded file of evidence may have."""

HTML = frozenset({"", "text/html", "application/xhtml+xml"})
"""The declared types of web pages. One without a type is shown as a page as well, as browsers do."""

_HTML, _PDF = "html", "pdf"
_EXTENSIONS = {
    **dict.fromkeys(HTML - {""}, _HTML),
    "application/pdf": _PDF,
    "text/plain": "txt",
    "text/markdown": "txt",
    "text/csv": "txt",
}
"""The extensions of what pages are; those of Office files are in the system's table of types."""


@dataclass(frozen=True, slots=True)
class Captured:
    """A page that was captured.

    Attributes:
        address: the final address, after all redirects.
        at: when it was asked for.
        status: the HTTP status.
        headers: the answer's headers, in order, as names and values.
        content_type: the declared type, or "".
        warc: the WARC file: each request with its answer, redirects included, gzipped record by record.
        words: what the page says; None if that could not be read.
        problem: why it could not be read; None if it was.
    """

    address: str
    at: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    content_type: str
    warc: bytes
    words: DocumentText | None
    problem: WorkbenchError | None


def capture(address: str, *, software: str, allow: Collection[str] = ()) -> Captured:
    """Fetch a page and keep it as it came.

    Only the page itself is fetched: no picture, no style sheet and no script that it names.

    Args:
        address: an http or https address.
        software: what fetches it, as the WARC file says.
        allow: hosts that may be on a private network, as in `claims.fetching.fetch`.

    Raises:
        WorkbenchError: nothing was kept, as in `claims.fetching.fetch`.
    """
    exchanges: list[Exchange] = []
    found = fetch(address, limits=LIMITS, allow=allow, keep=exchanges.append)
    status, headers, warc = _written(exchanges, found, software)
    words, problem = read_page(found)
    return Captured(
        address=found.address,
        at=exchanges[0].at,
        status=status,
        headers=headers,
        content_type=found.content_type,
        warc=warc,
        words=words,
        problem=problem,
    )


def _written(
    exchanges: Sequence[Exchange], found: Fetched, software: str
) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
    """Return the status and the headers of a page, and its WARC file, which says what was fetched to whoever reads it.

    Of an answer that breaks the rules of HTTP, another program may read another page, or one that unpacks to a thousand
    times its size.

    Raises:
        UnreachableError: the file says something else.
    """
    try:
        status, headers = answer_of(exchanges[-1])
        warc = warc_of(exchanges, software=software)
        if payload_of(BytesIO(warc)).body == found.body:
            return status, headers, warc
    except (*UNREADABLE, UnreadableFileError):
        logger.info("an answer of %s cannot be read again", host_of(found.address))
    raise UnreachableError(
        host=host_of(found.address), why=gettext_noop("the server's reply is not valid HTTP")
    )


def words_of(body: bytes, *, name: str, charset: str = "") -> DocumentText:
    """Read the words of a document.

    Args:
        body: its bytes.
        name: its file name; the extension selects the format.
        charset: the encoding declared by its sender, or "".

    Raises:
        WorkbenchError: as in `claims.ingest.sandbox.Sandbox.document`.
    """
    return sandbox.document(BytesIO(body), name=name, charset=charset)


def read_page(found: Fetched) -> tuple[DocumentText | None, WorkbenchError | None]:
    """Return the words of a page that was fetched, or else why it cannot be read."""
    extension = _extension(found)
    # Only texts have an encoding.
    charset = found.charset if extension in {_HTML, "txt"} else ""
    try:
        return words_of(found.body, name=f"page.{extension}", charset=charset), None
    except WorkbenchError as error:
        return None, error


def _extension(found: Fetched) -> str:
    """Return the extension of a file of the kind that was fetched, by its type, its address or its beginning."""
    known = _EXTENSIONS.get(found.content_type)
    if known:
        return known
    of_address = PurePosixPath(urlsplit(found.address).path).suffix.lower().removeprefix(".")
    of_type = (mimetypes.guess_extension(found.content_type) or "").removeprefix(".")
    if of_type in KINDS or (not of_type and of_address in KINDS):
        return of_type or of_address
    if found.body.startswith(b"%PDF-"):
        return _PDF
    if not found.content_type:
        return _HTML if found.body.lstrip().startswith(b"<") else "txt"
    return of_type or of_address or found.content_type.replace("/", "-")
