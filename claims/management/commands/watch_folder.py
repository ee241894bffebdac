"""Import what is dropped into a folder, for as long as the command runs."""

import signal
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from django.core.management.base import CommandError
from django.db import Error as DatabaseError
from django.db import connection
from django.utils.timezone import localtime

from claims.management.base import WorkbenchCommand
from claims.management.failures import NO_FOLDER, in_words
from claims.management.watched_folder import IMPORTED, REFUSED, Told, WatchedFolder

EVERY = 5.0
"""Seconds between two looks."""

LONGEST = 60.0
"""Seconds between two looks while the database or the folder is away: ever more, up to this."""

_NAP = 0.2


class Command(WorkbenchCommand):
    """Ctrl+C or SIGTERM ends it after the current article. It can also be killed at any moment.

    Exit status 0: it was asked to end; with --once, everything is imported. 1, with --once: something is not
    imported, or could not be read. 2: there is no such folder, or it is not writable.
    """

    help = (
        "Import files dropped into a folder. A file is read once it has stopped growing, and then moved to the "
        f"subfolder “{IMPORTED}”, or to “{REFUSED}” with a text file that says why."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, the interval, and what to do with new versions of known articles."""
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument(
            "--every",
            type=_seconds,
            default=EVERY,
            metavar="SECONDS",
            help=f"time between two checks (default: {EVERY:g}). A file must not have grown for as long",
        )
        parser.add_argument(
            "--once",
            action="store_true",
            help="import the files that have stopped growing, then exit",
        )
        parser.add_argument(
            "--update",
            action="store_true",
            help="add a new version where the article at an address has a different text; its claims are carried over",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, import, wait, and repeat."""
        folder, every = options["folder"], options["every"]
        self._verbosity = options["verbosity"]
        ending = _Ending()
        watched = WatchedFolder(folder, update=options["update"], stopping=lambda: ending.is_asked)
        try:
            watched.prepare()
        except OSError as error:
            raise CommandError(
                f"{folder} cannot be watched: {in_words(error, missing=NO_FOLDER)}. This account must be allowed to create "
                "files and folders in it.",
                returncode=2,
            ) from error
        with ending.asked_by_signals():
            if options["once"]:
                self._look_once(watched, every, ending)
            else:
                self._watch(watched, every, ending)

    def _look_once(self, watched: WatchedFolder, every: float, ending: "_Ending") -> None:
        """Look twice, to see which files have stopped growing."""
        try:
            left = self._look(watched)
            ending.wait(every)
            left += self._look(watched)
        except (DatabaseError, OSError) as error:
            raise CommandError(
                f"Not all could be imported: {_told(error)}", returncode=1
            ) from error
        if left:
            raise CommandError(f"{left} files were not imported, or only in part.", returncode=1)

    def _watch(self, watched: WatchedFolder, every: float, ending: "_Ending") -> None:
        failures = 0
        while not ending.is_asked:
            try:
                self._look(watched)
            except (DatabaseError, OSError) as error:
                if not failures:
                    what = "database" if isinstance(error, DatabaseError) else "folder"
                    self._say(f"waiting for the {what}: {_told(error)}", is_good=False)
                failures = min(failures + 1, 10)
            else:
                if failures:
                    self._say("continuing")
                failures = 0
            ending.wait(min(every * 2**failures, max(every, LONGEST)))

    def _look(self, watched: WatchedFolder) -> int:
        """Import the files that have stopped growing. Returns how many files are not imported."""
        try:
            told = [self._tell(each) for each in watched.look()]
        finally:
            # Discard a broken connection. Within a transaction it belongs to the caller.
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()
        return told.count(False)

    def _tell(self, told: Told) -> bool:
        self._say(f"{told.name}: {told.text}", is_good=told.is_in)
        return told.is_in

    def _say(self, text: str, *, is_good: bool = True) -> None:
        if is_good and not self._verbosity:
            return
        stream = self.stdout if is_good else self.stderr
        stream.write(f"{localtime():%Y-%m-%d %H:%M:%S} {' '.join(text.split())}")
        stream.flush()


class _Ending:
    """Whether the command was asked to end.

    Attributes:
        is_asked: whether it was.
    """

    def __init__(self) -> None:
        self.is_asked = False

    @contextmanager
    def asked_by_signals(self) -> Iterator[None]:
        """Treat the first signal as a request, and handle a second one as usual."""
        before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}

        def ask(number: int, _frame: object) -> None:
            self.is_asked = True
            signal.signal(number, before[signal.Signals(number)])

        for each in before:
            signal.signal(each, ask)
        try:
            yield
        finally:
            for each, usual in before.items():
                signal.signal(each, usual)

    def wait(self, seconds: float) -> None:
        """Wait, unless the command is ending: a signal alone does not interrupt a sleep."""
        until = monotonic() + seconds
        while not self.is_asked and (left := until - monotonic()) > 0:
            sleep(min(left, _NAP))


def _told(error: DatabaseError | OSError) -> str:
    return in_words(error, missing=NO_FOLDER) if isinstance(error, OSError) else str(error)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0.1 <= seconds <= 86_400:
        raise ArgumentTypeError("a number of seconds from 0.1 to 86400 is required")
    return seconds
