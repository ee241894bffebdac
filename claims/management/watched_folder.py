"""A folder of incoming articles that is polled.

It is polled because network file systems do not report changes. Several watchers may poll one folder. No file is
marked as taken, so nothing has to be released after a kill: a file stays in place until its articles are
imported, and importing it again changes nothing.
"""

import logging
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, NamedTuple

from django.db import InterfaceError, InternalError, OperationalError, ProgrammingError
from django.utils.timezone import localtime

from claims.actions import COMMAND, COMMAND_UPDATE, receive_article, workbench_account
from claims.errors import LookAgainError, ReadersBusyError, WorkbenchError
from claims.ingest import archives, sandbox
from claims.ingest.types import ArticleDraft
from claims.management.failures import in_words
from claims.management.files import READ
from claims.management.outcomes import ArrivalOutcome, OutcomeLine, failure, line_of

IMPORTED, REFUSED = "imported", "refused"
"""The folders within: for files that are in, and for those of which not all is in."""

WHY = ".why.txt"
"""How the name of a text ends that says why a file was refused. No such file is read as an article."""

MAX_TOLD = 10_000
"""How many problems of one archive are told; the others are counted."""

_PASSING = (".", "~")
"""How names begin that programs give to files for themselves: `.~lock.story.docx#`, `~$story.docx`."""

_UNFINISHED = (".part", ".crdownload", ".download", ".filepart", ".partial", ".tmp")
"""What programs put after a file's name while they fetch it. Some make an empty file of that name first."""

_LONGEST, _SHORTENED = 230, 50
"""Bytes of a name with room for what is put after it, of the usual 255; and characters that always fit."""

_IN = {ArrivalOutcome.IMPORTED, ArrivalOutcome.HERE, ArrivalOutcome.UPDATED}
"""What becomes of an article that is in then."""

_NOT_THE_FILES = (
    LookAgainError,
    ReadersBusyError,
    OSError,
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
)
"""What no file is to blame for: it is tried again. `LookAgainError` is another watcher's doing, or an editor's."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """The result for a file.

    Attributes:
        name: the file's name, as it can be shown.
        text: the result, on one line.
        is_in: whether all of it is imported.
    """

    name: str
    text: str
    is_in: bool


class _Mark(NamedTuple):
    """What no longer changes once a file is written: its size, and its modification time in nanoseconds."""

    size: int
    changed: int


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that was read completely.

    Attributes:
        text: the result, on one line.
        is_in: whether all of it is imported.
        lines: for an archive, which records are not imported, and why.
    """

    text: str
    is_in: bool
    lines: tuple[str, ...]


class WatchedFolder:
    """A folder whose files are imported, and then moved to the folders `IMPORTED` and `REFUSED` within it.

    Only files directly in the folder are imported, and only known formats; links are not followed. No file is ever
    deleted or overwritten: if a name is taken, the new file's name gets a number.

    Args:
        place: the folder.
        update: whether an article with the same address gets the new text.
        stopping: returns whether to end after the current article. Its file then stays for the next time.
    """

    def __init__(
        self, place: Path, *, update: bool = False, stopping: Callable[[], bool] = lambda: False
    ) -> None:
        self._place = place
        self._policy = COMMAND_UPDATE if update else COMMAND
        self._stopping = stopping
        self._seen: dict[str, _Mark] = {}
        self._told: dict[str, Told] = {}
        # Read, but impossible to move because other programs hold them: they are read once, however often
        # the move is tried.
        self._held: dict[str, tuple[_Mark, _Read]] = {}
        self._numbers: dict[Path, int] = {}

    def prepare(self) -> None:
        """Create the folders within, and check that they are writable.

        Raises:
            OSError: the folder is not there, or cannot be read or written.
        """
        os.scandir(self._place).close()
        for place in (self._place, self._place / IMPORTED, self._place / REFUSED):
            place.mkdir(exist_ok=True)
            with TemporaryFile(dir=place):
                pass

    def look(self) -> Iterator[Told]:
        """Import the files that have not changed since the last look, oldest first.

        Returns:
            The result for each as it is imported. A file that cannot be moved is reported once.

        Raises:
            OSError: the folder is not there, or cannot be read.
            django.db.Error: the database is unavailable. The current file is imported at the next look.
        """
        before, found = self._seen, self._found()
        self._seen = found
        self._held = {name: held for name, held in self._held.items() if held[0] == found.get(name)}
        self._told = {name: told for name, told in self._told.items() if name in found}
        still = [name for name in found if found[name] == before.get(name)]
        for name in sorted(still, key=lambda name: (found[name].changed, name)):
            if self._stopping():
                return
            told = self._taken(self._place / name, found[name])
            if told is not None and told != self._told.get(name):
                self._told[name] = told
                yield told

    def _found(self) -> dict[str, _Mark]:
        with os.scandir(self._place) as entries:
            by_name = {entry.name: entry for entry in entries}
        found = {}
        for name, entry in by_name.items():
            if _is_awaited(name) and not any(f"{name}{each}" in by_name for each in _UNFINISHED):
                # It may be gone by now.
                with suppress(OSError):
                    if entry.is_file(follow_symlinks=False):
                        found[name] = _mark(entry.stat(follow_symlinks=False))
        return found

    def _taken(self, path: Path, mark: _Mark) -> Told | None:
        """Import a file and move it.

        A file that another watcher has taken, or that is still changing, is not reported.
        """
        name = _shown(path.name)
        try:
            read = self._read(path, mark)
            place = self._put_away(path, mark, read) if read else None
        except (FileNotFoundError, LookAgainError, ReadersBusyError):
            return None
        except OSError as error:
            return Told(name, f"left in place: {in_words(error)}", is_in=False)
        if read is None or place is None:
            return None
        where = f" (now {place.parent.name}/{_shown(place.name)})"
        return Told(name, f"{read.text}{where}", is_in=read.is_in)

    def _read(self, path: Path, mark: _Mark) -> _Read | None:
        """Import the articles of a file; None if it changes in the meantime, or it is time to stop."""
        if path.name in self._held:
            return self._held[path.name][1]
        outcomes: Counter[str] = Counter()
        lines: list[str] = []
        text, is_in = "", True
        with open(path, "rb", opener=_following_no_link) as stream:
            if _mark(os.fstat(stream.fileno())) != mark:
                return None
            for number, found in _entries(stream, path.name):
                if self._stopping() or _mark(path.lstat()) != mark:
                    return None
                line = self._received(found)
                text = _said(line)
                outcomes[text.partition(": ")[0]] += 1
                if line.outcome not in _IN:
                    is_in = False
                    if len(lines) < MAX_TOLD:
                        lines.append(f"line {number}: {line.why}" if number else line.why)
        if _extension(path.name) in archives.ARCHIVES:
            text = ", ".join(f"{number} {kind}" for kind, number in outcomes.most_common())
        else:
            lines.clear()
        read = _Read(text, is_in, tuple(lines))
        self._held[path.name] = mark, read
        return read

    def _received(self, found: ArticleDraft | Exception) -> OutcomeLine:
        """Import an article, and say what became of it, why not on one line."""
        if isinstance(found, Exception):
            return _refusal(found)
        try:
            return line_of(
                receive_article(actor=workbench_account(), draft=found, policy=self._policy)
            )
        except _NOT_THE_FILES:
            raise
        except Exception as error:  # noqa: BLE001 - one file must not keep out all that come after it
            return _refusal(error)

    def _put_away(self, path: Path, mark: _Mark, read: _Read) -> Path | None:
        """Move a file that was read; None if it is no longer the one that was read."""
        folder = self._place / (IMPORTED if read.is_in else REFUSED)
        folder.mkdir(exist_ok=True)
        number = self._numbers.get(folder / path.name, 0)
        while True:
            number += 1
            place = folder / _numbered(path.name, number)
            if os.path.lexists(place):
                continue
            # Before the file: after a kill in between, the file is still in place, and the reason is written
            # again.
            if not read.is_in:
                _tell_why(place.with_name(f"{place.name}{WHY}"), path.name, read)
            if not _reserved(place):
                continue
            with ExitStack() as otherwise:
                otherwise.callback(_free, place)
                if _mark(path.lstat()) != mark:
                    return None
                path.replace(place)
                otherwise.pop_all()
            if number > 1:
                self._numbers[folder / path.name] = number
            del self._held[path.name]
            return place


def _is_awaited(name: str) -> bool:
    is_ours = name.startswith(_PASSING) or name.endswith(WHY)
    return _extension(name) in READ and not is_ours


def _extension(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _entries(stream: BinaryIO, name: str) -> Iterator[tuple[int, ArticleDraft | Exception]]:
    """Yield the article of a file as line 0, or those of an archive by line; or why they cannot be read."""
    try:
        for entry in sandbox.articles(stream, name):
            yield entry.number, entry.found
    except _NOT_THE_FILES:
        raise
    except Exception as error:  # noqa: BLE001 - nor does a file that no reader can take
        yield 0, error


def _refusal(error: Exception) -> OutcomeLine:
    if isinstance(error, WorkbenchError):
        return failure(" ".join(str(error).split()))
    # A fault of the workbench, and none of whoever sent the file.
    _log.error("An article could not be imported", exc_info=error)
    why = f"an internal error occurred ({type(error).__name__}); details are in the log."
    return failure(why)


def _said(line: OutcomeLine) -> str:
    """What became of an article, on one line."""
    return f"refused: {line.why}" if line.outcome == ArrivalOutcome.FAILED else str(line)


def _mark(found: os.stat_result) -> _Mark:
    return _Mark(found.st_size, found.st_mtime_ns)


def _following_no_link(path: str, flags: int) -> int:
    """Open a file, refusing a link that may have replaced it."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)


def _numbered(name: str, number: int) -> str:
    """Return a file name, with a number from the second one on, short enough to leave room for a longer one."""
    stem, _, extension = name.rpartition(".")
    if len(os.fsencode(name)) > _LONGEST:
        stem = stem[:_SHORTENED]
    return f"{stem}.{extension}" if number == 1 else f"{stem}-{number}.{extension}"


def _reserved(place: Path) -> bool:
    """Create an empty file, unless there is one with that name, because renaming alone would overwrite it."""
    try:
        place.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _free(place: Path) -> None:
    """Delete an empty file again. On a network, a file may have been moved despite an error."""
    with suppress(FileNotFoundError):
        if not place.lstat().st_size:
            place.unlink()


def _tell_why(place: Path, name: str, read: _Read) -> None:
    """Write down why a file was refused, below the entry for an earlier one with its name."""
    with open(
        place, "a", encoding="utf-8", errors="backslashreplace", opener=_following_no_link
    ) as file:
        file.write(f"{localtime():%Y-%m-%d %H:%M:%S} {_shown(name)}: {read.text}\n")
        file.writelines(f"  {line}\n" for line in read.lines)


def _shown(name: str) -> str:
    """Return a file's name on one line: it may contain line ends, and bytes that are not characters."""
    return "".join(each if each.isprintable() else "�" for each in name)
