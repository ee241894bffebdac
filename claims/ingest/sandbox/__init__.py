"""Files and pages from outside are read in a process of their own, within limits of memory and time.

A file that is made to be slow, to fill the memory or to break its reader is refused in words, and whoever asked goes
on. What the process says is bounded and checked, but it runs as the same user: it is no wall against code that a file
might manage to run there. One process is kept warm, so that reading an article there costs a few milliseconds more than
reading it here. Everything that comes from outside goes through this package; text that someone typed goes to
`claims.ingest.draft`.
"""

import atexit
import logging
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from claims.errors import ReadersBusyError, ReadingFailedError, TooComplexError
from claims.ingest.archives import Entry
from claims.ingest.drafts import MAX_LENGTHS
from claims.ingest.feeds import MAX_ENTRIES
from claims.ingest.sandbox.channel import BadMessageError, Message
from claims.ingest.sandbox.limits import (
    JOBS,
    LIMITS,
    MEGABYTE,
    MOST,
    PATIENCE,
    Limits,
    Telling,
)
from claims.ingest.sandbox.messages import article_from, entry_from
from claims.ingest.sandbox.process import ReaderProcess
from claims.ingest.types import ArticleDraft
from claims.ingest.workbooks import Cell, cells_of, within

__all__ = ["LIMITS", "Limits", "Sandbox", "addresses", "articles", "read", "rows"]

_log = logging.getLogger(__name__)

_ONE = Telling(answers=1)
_RECORDS = Telling(in_records=True)
_ADDRESSES = Telling(answers=MAX_ENTRIES, size=64 * MEGABYTE)


class Sandbox:
    """Processes that read: one is kept warm, a few more begin where several files come at once.

    Any thread may ask. In a process that was forked, nothing of the first one's is used.

    Args:
        limits: what reading one file may take.
        most: how many files are read at the same time.
        patience: how many seconds someone waits for others' files.
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
            stream: the file; all of it is read, wherever it stands, and it is left open.
            name: the file's name. Its extension, in either case, picks the format.
            charset: the encoding that whoever sent it named, or "".

        Raises:
            TooComplexError: it took more memory or time than it may.
            ReadingFailedError: the reader broke down over it.
            ReadersBusyError: others' files take too long.
            WorkbenchError: as `claims.ingest.read` says.
        """
        answers = list(self._answers("article", stream, _ONE, name=name, charset=charset))
        with _believed():
            return article_from(answers[0]["article"])

    def articles(self, stream: BinaryIO, name: str) -> Iterator[Entry]:
        """Read the articles of an archive, as they are asked for. The limits of time are those of each record.

        Args:
            stream: the file; it is left open.
            name: the file's name; its extension, in either case, picks the format.

        Raises:
            WorkbenchError: while it is read, as `read` and `claims.ingest.archives.articles` say.
        """
        for answer in self._answers("articles", stream, _RECORDS, name=name):
            with _believed():
                entry = entry_from(answer["entry"])
            yield entry

    def addresses(self, stream: BinaryIO, *, address: str) -> list[str]:
        """Read which pages a feed or a sitemap names, in its order, each once.

        Args:
            stream: its bytes.
            address: where it was fetched, to complete the addresses in it.

        Raises:
            NotAFeedError: it is neither.
            WorkbenchError: as `read` says.
        """
        with _believed():
            return [
                _address(answer["address"])
                for answer in self._answers("addresses", stream, _ADDRESSES, address=address)
            ]

    def rows(self, stream: BinaryIO, *, most: int, width: int) -> Iterator[list[Cell]]:
        """Read the rows of a workbook's open sheet.

        Args:
            stream: the file of an XLSX workbook.
            most: how many rows are read at most.
            width: how many cells of each are read at most.

        Raises:
            WorkbenchError: while it is read, as `read` and `claims.ingest.workbooks.rows` say.
        """
        yield from within(self._rows(stream, most=most, width=width))

    def _rows(self, stream: BinaryIO, *, most: int, width: int) -> Iterator[list[Cell]]:
        telling = Telling(answers=most)
        for answer in self._answers("rows", stream, telling, most=most, width=width):
            with _believed():
                row = cells_of(answer["row"], width=width)
            yield row

    def close(self) -> None:
        """End the process that is kept warm. The sandbox can be used again."""
        with self._lock:
            warm, self._warm = self._warm, []
        for process in warm:
            process.end()

    def forget(self) -> None:
        """Begin anew in a process that was forked."""
        for process in self._warm:
            process.forget()
        self._warm = []
        self._begin()

    def _begin(self) -> None:
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(self._most)

    def _answers(
        self, job: str, stream: BinaryIO, telling: Telling, **options: object
    ) -> Iterator[Message]:
        with self._process() as process, _opened(stream) as file:
            try:
                yield from process.answers(job, file, options, self._limits, telling)
            except (ReadingFailedError, TooComplexError) as error:
                _log.warning("a file was given up, %s: %s", job, error)
                raise

    @contextmanager
    def _process(self) -> Iterator[ReaderProcess]:
        """A process that waits for a file; it is kept where it can be used again."""
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
    """What does not say what it should comes from a reader that is none any more."""
    try:
        yield
    except (BadMessageError, LookupError) as error:
        raise ReadingFailedError(where=f"its answer: {error}") from error


def _address(found: object) -> str:
    """The address of an answer.

    Raises:
        BadMessageError: it is none that a page can have.
    """
    if not isinstance(found, str) or len(found) > MAX_LENGTHS["url"]:
        raise BadMessageError("no address")
    return found


@contextmanager
def _opened(stream: BinaryIO) -> Iterator[int]:
    """The descriptor of a file with the stream's bytes."""
    try:
        file = stream.fileno()
    except (AttributeError, OSError):
        file = -1
    if file >= 0:
        yield file
        return
    with _nameless_file() as copy:
        shutil.copyfileobj(stream, copy)
        copy.flush()
        yield copy.fileno()


def _nameless_file() -> BinaryIO:
    """A file that is gone when it is closed, in memory where the system has such files."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("article"), "w+b")
    return cast("BinaryIO", TemporaryFile())


_SANDBOX = Sandbox()
read = _SANDBOX.read
articles = _SANDBOX.articles
addresses = _SANDBOX.addresses
rows = _SANDBOX.rows

atexit.register(_SANDBOX.close)
os.register_at_fork(after_in_child=_SANDBOX.forget)
