"""Copies of an SQLite database: made by its online backup, put back by renaming.

https://www.sqlite.org/backup.html: a backup begins again whenever another process writes. It does not if its connection
is in a read transaction, which in WAL mode shows it one moment of the database and holds up nobody.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.core.management.base import CommandError
from django.db import connection

from claims.management.progress import Tell

FILE = "database.sqlite3"

_PAGES = 5_000
"""How many pages are copied between two reports of progress: 20 MB."""


class _Snapshot:
    """What an open connection sees.

    Args:
        connection: it is in a read transaction.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def ask(self, sql: str) -> Iterable[tuple[Any, ...]]:
        """Return the rows that a query finds in it."""
        return self._connection.execute(sql)

    def write(self, path: Path, tell: Tell) -> None:
        """Write all of it into a new file."""
        with closing(sqlite3.connect(path)) as copy:
            # It is of no use until it is complete and on the disk, which the whole backup is brought to at its end.
            copy.execute("PRAGMA synchronous=OFF")
            self._connection.backup(
                copy, pages=_PAGES, progress=lambda _, left, total: tell(total - left, total)
            )
            # One file, without the two that stand beside a database in use.
            copy.execute("PRAGMA journal_mode=DELETE")


def _path() -> Path:
    return Path(connection.settings_dict["NAME"])


def connected(path: Path, mode: str, *, timeout: float = 5) -> closing[sqlite3.Connection]:
    """Connect to a database that is there already. Transactions are the caller's own.

    Args:
        path: its file.
        mode: SQLite's parameters: https://www.sqlite.org/uri.html.
        timeout: for how many seconds to wait while another connection has it locked.
    """
    return closing(
        sqlite3.connect(
            f"file:{quote(str(path))}?{mode}", uri=True, isolation_level=None, timeout=timeout
        )
    )


@contextmanager
def _opened(path: Path, mode: str) -> Iterator[_Snapshot]:
    try:
        with connected(path, mode) as opened:
            opened.execute("BEGIN")
            # The transaction begins with the first thing read.
            opened.execute("SELECT count(*) FROM sqlite_master").fetchone()
            yield _Snapshot(opened)
    except sqlite3.Error as error:
        raise CommandError(f"{path}: {error}.") from error


@contextmanager
def snapshot() -> Iterator[_Snapshot]:
    """Hold one moment of the configured database. People keep working meanwhile."""
    with _opened(_path(), "mode=ro") as found:
        yield found


@contextmanager
def copy_of(path: Path) -> Iterator[_Snapshot]:
    """Open a copy to count its rows."""
    # Without `immutable`, SQLite would create files beside it.
    with _opened(path, "mode=ro&immutable=1") as found:
        yield found


def fault_of(path: Path) -> str:
    """Return what is wrong with the copy in a file, in words; "" if nothing is. All of it is read."""
    with _opened(path, "mode=ro&immutable=1") as found:
        ((answer,), *_more) = found.ask("PRAGMA quick_check(1)")
    return "" if answer == "ok" else str(answer)


def _beside(path: Path) -> list[Path]:
    """The files in which SQLite keeps what is not in the database's own file yet, or no longer."""
    return [path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm", "-journal")]


def is_used() -> bool:
    """Return whether the configured database has any table.

    What SQLite keeps beside a database is a part of it: it would be played into whatever is put in its place.
    """
    path = _path()
    if not path.exists() or not path.stat().st_size:
        return any(file.exists() for file in _beside(path))
    with _opened(path, "mode=ro") as found:
        return bool(list(found.ask("SELECT 1 FROM sqlite_master LIMIT 1")))


def restore(path: Path) -> None:
    """Put a copy in the place of the configured database, which is empty: all of it, or nothing."""
    whole = _path()
    unfinished = whole.with_name(f".{whole.name}.unfinished")
    try:
        with path.open("rb") as source, unfinished.open("wb") as target:
            os.fchmod(target.fileno(), 0o600)
            shutil.copyfileobj(source, target)
            target.flush()
            os.fsync(target.fileno())
        # Those of the empty database.
        for file in _beside(whole):
            file.unlink(missing_ok=True)
        unfinished.replace(whole)
    finally:
        unfinished.unlink(missing_ok=True)
