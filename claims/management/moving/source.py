"""The SQLite database that is moved: held alone, and read in chunks of rows."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import models

from claims.management.backups.databases import tables
from claims.management.backups.sqlite import connected
from claims.management.moving.columns import NULL, Column, column_of

_AT_ONCE = 500
"""Rows that are written as one text."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is moved.

    Attributes:
        name: its name.
        key: its primary key's column.
        order: how PostgreSQL sorts by it as SQLite does, which compares texts by their bytes.
        columns: all its columns.
    """

    name: str
    key: str
    order: str
    columns: tuple[Column, ...]

    @classmethod
    def of(cls, model: type[models.Model]) -> "Table":
        """The table of a model."""
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        key = model._meta.pk
        order = f'"{key.column}"' + (' COLLATE "C"' if isinstance(key, models.CharField) else "")
        return cls(model._meta.db_table, str(key.column), order, tuple(map(column_of, fields)))

    @property
    def names(self) -> str:
        """The names of its columns, for SQL."""
        return ", ".join(f'"{column.name}"' for column in self.columns)


def moved_tables() -> list[Table]:
    """Every table of the workbench and of the packages that it builds on."""
    return [Table.of(model) for model in tables()]


@dataclass(slots=True)
class Rows:
    """Rows of a table, as text in PostgreSQL's format.

    Attributes:
        texts: the rows, some at a time.
        number: how many were read so far.
        last: the primary key of the last one.
    """

    texts: Iterator[bytes]
    number: int = 0
    last: Any = None


class Source:
    """An SQLite database that nobody else has open.

    Args:
        connection: to it.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def ask(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Return the rows that a query finds in it."""
        return self._connection.execute(sql, values)

    def rows(self, table: Table, after: Any, limit: int) -> Rows:
        """Read the rows that follow a primary key, or the first ones if that is None."""
        columns = ", ".join(column.read for column in table.columns)
        where = f'WHERE "{table.key}" > ?' if after is not None else ""
        found = self.ask(
            f'SELECT "{table.key}", {columns} FROM "{table.name}" {where} ORDER BY "{table.key}" LIMIT {limit}',
            [] if after is None else [after],
        )
        rows = Rows(iter(()))
        rows.texts = _texts(found, table, rows)
        return rows


def _texts(found: sqlite3.Cursor, table: Table, rows: Rows) -> Iterator[bytes]:
    forms = [column.form for column in table.columns]
    while some := found.fetchmany(_AT_ONCE):
        lines = [
            "\t".join(
                [
                    NULL if value is None else form(value)
                    for form, value in zip(forms, values, strict=True)
                ]
            )
            for _key, *values in some
        ]
        rows.number += len(some)
        rows.last = some[-1][0]
        yield ("\n".join(lines) + "\n").encode()


@contextmanager
def held(path: Path) -> Iterator[Source]:
    """Hold an SQLite database alone: nobody else can open it, so that nothing is written that would be lost.

    https://www.sqlite.org/wal.html, "Use of WAL Without Shared-Memory": in exclusive mode the lock is refused as long as
    any other process has the database open, even if it does nothing.

    Raises:
        CommandError: there is no such database, or another process has it open.
    """
    if not path.is_file():
        raise CommandError(f"There is no file {path}.")
    try:
        with connected(path, "mode=rw", timeout=0) as connection:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            yield Source(connection)
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise CommandError(f"{path}: {error}.") from error
        raise CommandError(
            f"{path} is in use: stop the server, the workers and every other command first. What they wrote during the move"
            " would be lost."
        ) from error
    except sqlite3.DatabaseError as error:
        raise CommandError(
            f"{path} is not an SQLite database, or it is damaged: {error}."
        ) from error


def mark_of(path: Path) -> str:
    """Return what changes whenever somebody writes to the database: its size and the time of the last write.

    Opening and closing the file to read it would give up SQLite's lock: https://www.sqlite.org/howtocorrupt.html, 2.2.
    """
    found = path.stat()
    return f"{found.st_size} bytes, {found.st_mtime_ns}"
