"""The whole move, step by step."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core.management.base import CommandError
from django.db import connection

from claims.management.backups import postgresql
from claims.management.backups.databases import count_rows, migrations_of
from claims.management.moving import target
from claims.management.moving.source import Source, Table, held, mark_of, moved_tables
from claims.management.progress import Tell

CHUNK = 20_000
"""Rows of one transaction."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved.

    Attributes:
        rows: the number of rows of each table.
        went_on: whether an earlier move was continued.
        left: where the SQLite database is now.
    """

    rows: dict[str, int]
    went_on: bool
    left: Path


def move(path: Path, tell: Callable[[str], Tell]) -> Moved:
    """Move an SQLite database into the configured PostgreSQL database, which is empty. It can be stopped and run again.

    Args:
        path: the SQLite database. At the end it gets another name, so that nobody works on in it.
        tell: makes, of what is being done, a function that reports progress.

    Raises:
        CommandError: the move was refused, or a row did not arrive as it was.
    """
    if connection.vendor != "postgresql":
        raise CommandError(
            "DATABASE_URL does not name a PostgreSQL database: set it to the new database’s address."
        )
    left = path.with_name(f"{path.name}.moved")
    if left.exists():
        raise CommandError(f"{left} is there already: move it away first.")
    tables = moved_tables()
    with held(path) as source:
        went_on = target.begin(mark_of(path), tables)
        _require_same_migrations(source)
        rows = _copy_all(source, tables, tell)
        said = tell("indexes")
        for done, total in target.make_again():
            said(done, total)
        _compare(tables, rows, tell("comparing"))
        target.end(tables)
    path.rename(left)
    return Moved(rows, went_on, left)


def _require_same_migrations(source: Source) -> None:
    theirs, ours = (set(migrations_of(one)) for one in (source, postgresql))
    if theirs == ours:
        return
    if missing := sorted(ours - theirs):
        raise CommandError(
            f"The SQLite database lacks the migration {missing[-1]}: run migrate on it first. Then begin again, with"
            " an empty database."
        )
    raise CommandError(
        f"A newer version wrote the SQLite database: this one does not know {max(theirs - ours)}."
    )


def _copy_all(
    source: Source, tables: Sequence[Table], tell: Callable[[str], Tell]
) -> dict[str, int]:
    """Copy what has not been copied. Returns the number of rows that the source has of each table."""
    done = {chunk.name: chunk.last for chunk in target.chunks()}
    numbers = count_rows(source, [table.name for table in tables])
    copied = count_rows(postgresql, done)
    for table in tables:
        total, reached = numbers[table.name], copied.get(table.name, 0)
        after, said = done.get(table.name), tell(table.name)
        while reached < total and (
            chunk := target.copy(table, after, source.rows(table, after, CHUNK))
        ):
            after, reached = chunk.last, reached + chunk.number
            said(reached, total)
    return numbers


def _compare(tables: Iterable[Table], rows: dict[str, int], said: Tell) -> None:
    """Have PostgreSQL write out every chunk, and compare its text with what was sent.

    Raises:
        CommandError: a row is missing, or not as it was.
    """
    named = {table.name: table for table in tables}
    for name, found in count_rows(postgresql, named).items():
        if found != rows[name]:
            raise CommandError(f"{name} has {found:,} rows instead of {rows[name]:,}.")
    chunks = target.chunks()
    for place, chunk in enumerate(chunks, 1):
        number, digest = target.digest_of(named[chunk.name], chunk)
        if (number, digest) != (chunk.number, chunk.digest):
            raise CommandError(
                f"{chunk.name} is not as it was, between {chunk.after} and {chunk.last}: begin again, with another empty"
                " database."
            )
        said(place, len(chunks))
