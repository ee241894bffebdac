"""The reader processes: one warm, more when several files are read at once, each with limits."""

import logging
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO, NamedTuple

from claims.errors import ReadersBusyError, ReadingFailedError, TooComplexError
from claims.ingest.drafts import MAX_LENGTHS
from claims.ingest.fact_checks.types import CheckEntry
from claims.ingest.feeds import MAX_ENTRIES
from claims.ingest.mails import Envelope, Part
from claims.ingest.sandbox.channel import BadMessageError, Message
from claims.ingest.sandbox.files import opened
from claims.ingest.sandbox.limits import (
    DRAWING,
    JOBS,
    LIMITS,
    MEGABYTE,
    MOST,
    PATIENCE,
    Limits,
    Telling,
)
from claims.ingest.sandbox.messages import (
    article_from,
    check_from,
    document_from,
    entry_from,
    envelope_from,
    part_from,
)
from claims.ingest.sandbox.process import ReaderProcess
from claims.ingest.thumbnails import LARGEST, size_of
from claims.ingest.types import ArticleDraft, DocumentText, Entry
from claims.ingest.workbooks import Cell, cells_of, within

_log = logging.getLogger(__name__)

_ONE = Telling(answers=1)
_RECORDS = Telling(in_records=True)
_ADDRESSES = Telling(answers=MAX_ENTRIES, size=64 * MEGABYTE)
_THUMBNAIL = Telling(answers=1, size=2 * LARGEST)


class Thumbnail(NamedTuple):
    """A small picture as a PNG, with its size in pixels."""

    png: bytes
    width: int
    height: int


class Sandbox:
    """A pool of reader processes: one is kept warm, a few more are started when several files come at once.

    It can be used from any thread. A forked process does not use any of its parent's.

    Args:
        limits: the limits on reading one file.
        most: how many files are read at the same time.
        patience: for how many seconds a caller waits while other files are read.
        jobs: how many files one process reads.
    """

    def __init__(
        self,
        limits: Limits = LIMITS,
        *,
        most: int = MOST,
        patience: float = PATIENCE,
        jobs: int = JOBS,
    ) -> None:
        self._limits = limits
        self._most = most
        self._patience = patience
        self._jobs = jobs
        self._warm: list[ReaderProcess] = []
        self._begin()

    def read(self, stream: BinaryIO, *, name: str, charset: str = "") -> ArticleDraft:
        """Read one article from a file.

        Args:
            stream: the file; all of it is read, whatever its position, and it is left open.
            name: the file's name. Its extension, in either case, selects the format.
            charset: the encoding declared by its sender, or "".

        Raises:
            TooComplexError: it exceeded the limits on memory or time.
            ReadingFailedError: the reader failed.
            ReadersBusyError: other files took too long.
            WorkbenchError: as in `claims.ingest.read`.
        """
        answers = list(self._answers("article", stream, _ONE, name=name, charset=charset))
        with _believed():
            return article_from(answers[0]["article"])

    def articles(self, stream: BinaryIO, name: str, *, names: bool = False) -> Iterator[Entry]:
        """Read the articles of a file of any kind, lazily. The time limits apply to each.

        Args:
            stream: the file; it is left open.
            name: the file's name; its extension, in either case, selects the format.
            names: whether each entry says what its values are called.

        Raises:
            WorkbenchError: while it is read, as in `read` and `claims.ingest.archives.articles`.
        """
        for answer in self._answers("articles", stream, _RECORDS, name=name, names=names):
            with _believed():
                entry = entry_from(answer["entry"])
            yield entry

    def fact_checks(
        self, stream: BinaryIO, *, name: str, address: str = ""
    ) -> Iterator[CheckEntry]:
        """Read other newsrooms' fact-checks out of a file, lazily. The time limits apply to each.

        Args:
            stream: the file; it is left open.
            name: its name; the extension selects the format.
            address: where a page was fetched, or "".

        Raises:
            WorkbenchError: while it is read, as in `read` and `claims.ingest.fact_checks.fact_checks`.
        """
        for answer in self._answers("fact_checks", stream, _RECORDS, name=name, address=address):
            with _believed():
                entry = check_from(answer["entry"])
            yield entry

    def envelope(self, header: bytes) -> Envelope:
        """Read a mail's header, as in `claims.ingest.mails.envelope`.

        Raises:
            WorkbenchError: as in `read`.
        """
        answers = list(self._answers("envelope", BytesIO(header), _ONE))
        with _believed():
            return envelope_from(answers[0]["envelope"])

    def mail(self, stream: BinaryIO) -> Iterator[Part]:
        """Read the articles of a mail, as in `claims.ingest.mails.articles`. The time limits apply to each.

        Raises:
            WorkbenchError: while it is read, as in `read`.
        """
        for answer in self._answers("mail", stream, _RECORDS):
            with _believed():
                part = part_from(answer["part"])
            yield part

    def addresses(self, stream: BinaryIO, *, address: str) -> list[str]:
        """Read the addresses of a feed's or sitemap's pages, in order, each once.

        Args:
            stream: its bytes.
            address: where it was fetched, to resolve relative addresses.

        Raises:
            NotAFeedError: it is neither.
            WorkbenchError: as in `read`.
        """
        with _believed():
            return [
                _address(answer["address"])
                for answer in self._answers("addresses", stream, _ADDRESSES, address=address)
            ]

    def rows(self, stream: BinaryIO, *, most: int, width: int) -> Iterator[list[Cell]]:
        """Read the rows of a workbook's active sheet.

        Args:
            stream: the XLSX file.
            most: how many rows are read at most.
            width: how many cells of each are read at most.

        Raises:
            WorkbenchError: while it is read, as in `read` and `claims.ingest.workbooks.rows`.
        """
        yield from within(self._rows(stream, most=most, width=width))

    def _rows(self, stream: BinaryIO, *, most: int, width: int) -> Iterator[list[Cell]]:
        telling = Telling(answers=most)
        for answer in self._answers("rows", stream, telling, most=most, width=width):
            with _believed():
                row = cells_of(answer["row"], width=width)
            yield row

    def thumbnail(self, stream: BinaryIO) -> Thumbnail | None:
        """Draw a picture, or the first page of a PDF, small.

        Returns:
            The thumbnail; None if it is no such file, or is damaged.

        Raises:
            WorkbenchError: as in `read`.
        """
        answers = list(self._answers("thumbnail", stream, _THUMBNAIL, limits=DRAWING))
        with _believed():
            drawn = _bytes(answers[0]["png"])
            if not drawn:
                return None
            size = size_of(drawn)
            if size is None:
                raise BadMessageError("no thumbnail")
        return Thumbnail(drawn, *size)

    def document(self, stream: BinaryIO, *, name: str, charset: str = "") -> DocumentText:
        """Read the words of a document. Arguments as in `read`.

        Raises:
            WorkbenchError: as in `read` and `claims.ingest.documents.read`.
        """
        answers = list(self._answers("document", stream, _ONE, name=name, charset=charset))
        with _believed():
            return document_from(answers[0]["document"])

    def inert_page(self, stream: BinaryIO, *, charset: str = "") -> bytes:
        """Return a web page without all that runs or loads anything, as UTF-8.

        Raises:
            WorkbenchError: as in `read` and `claims.ingest.documents.inert_page`.
        """
        answers = list(self._answers("inert_page", stream, _ONE, charset=charset))
        with _believed():
            return _bytes(answers[0]["page"])

    def close(self) -> None:
        """End the warm process. The sandbox can still be used."""
        with self._lock:
            warm, self._warm = self._warm, []
        for process in warm:
            process.end()

    def forget(self) -> None:
        """Start over in a forked process."""
        for process in self._warm:
            process.forget()
        self._warm = []
        self._begin()

    def _begin(self) -> None:
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(self._most)

    def _answers(
        self,
        job: str,
        stream: BinaryIO,
        telling: Telling,
        limits: Limits | None = None,
        **options: object,
    ) -> Iterator[Message]:
        limits = limits or self._limits
        with self._process() as process, opened(stream) as file:
            try:
                yield from process.answers(job, file, options, limits, telling)
            except (ReadingFailedError, TooComplexError) as error:
                _log.warning("a file was given up, %s: %s", job, error)
                raise

    @contextmanager
    def _process(self) -> Iterator[ReaderProcess]:
        """Provide an idle process, and keep it if it can be reused."""
        if not self._places.acquire(timeout=self._patience):
            raise ReadersBusyError
        try:
            process = self._ready()
            try:
                yield process
            finally:
                if not self._kept(process):
                    process.end()
        finally:
            self._places.release()

    def _ready(self) -> ReaderProcess:
        while True:
            with self._lock:
                process = self._warm.pop() if self._warm else None
            if process is None:
                break
            if process.is_ready:
                return process
            process.end()
        try:
            return ReaderProcess()
        except OSError as error:
            _log.exception("no process could be started to read files")
            raise ReadersBusyError from error

    def _kept(self, process: ReaderProcess) -> bool:
        with self._lock:
            kept = process.is_ready and process.jobs < self._jobs and not self._warm
            if kept:
                self._warm.append(process)
        return kept


@contextmanager
def _believed() -> Iterator[None]:
    """Treat malformed messages as coming from a reader that can no longer be trusted."""
    try:
        yield
    except (BadMessageError, LookupError) as error:
        raise ReadingFailedError(where=f"its answer: {error}") from error


def _address(found: object) -> str:
    """Return the address in an answer.

    Raises:
        BadMessageError: it is not the address of a web page.
    """
    if not isinstance(found, str) or len(found) > MAX_LENGTHS["url"]:
        raise BadMessageError("no address")
    return found


def _bytes(found: object) -> bytes:
    """Return the bytes in an answer.

    Raises:
        BadMessageError: they are not valid base64.
    """
    try:
        return b64decode(str(found), validate=True)
    except ValueError as error:
        raise BadMessageError("no bytes") from error
