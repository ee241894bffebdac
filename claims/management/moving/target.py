"""The PostgreSQL database that is moved to, and its notes of how far the move is.

The notes are tables in a schema of their own, which is dropped at the end. Indexes, unique constraints and foreign keys
are put aside while rows are copied, and made again afterwards, which takes a fraction of the time that keeping them up to
date would.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.management.color import no_style
from django.db import Error, connection, transaction

from claims.management.backups.databases import tables
from claims.management.backups.postgresql import ask, is_used
from claims.management.moving.source import Rows, Table

_NOTES = [
    "CREATE SCHEMA moving",
    "CREATE TABLE moving.begun (source text NOT NULL, ready boolean NOT NULL)",
    """CREATE TABLE moving.chunk (place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL,
       after jsonb, last jsonb NOT NULL, number bigint NOT NULL, digest text NOT NULL)""",
    "CREATE TABLE moving.aside (place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, make text NOT NULL)",
]

_INDEXES = """
    SELECT 'DROP INDEX ' || index.oid::regclass,
           pg_get_indexdef(index.oid)
           || coalesce('; COMMENT ON INDEX ' || index.oid::regclass || ' IS '
                       || quote_literal(obj_description(index.oid, 'pg_class')), '')
    FROM pg_index JOIN pg_class AS index ON index.oid = indexrelid
    WHERE index.relnamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
"""
_CONSTRAINTS = """
    SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
           format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype = %s
"""
_SESSION = [
    # A chunk that a crash of the server undoes is copied again, with its note.
    "SET synchronous_commit = off",
    "SET maintenance_work_mem = '256MB'",
    "SET TimeZone = 'UTC'",
    "SET DateStyle = 'ISO'",
    "SET bytea_output = 'hex'",
    "SET extra_float_digits = 1",
]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows that were copied together.

    Attributes:
        name: the table.
        after: the primary key that they follow; None for the first ones.
        last: that of the last one.
        number: how many they are.
        digest: the SHA-256 of their text, in hex.
    """

    name: str
    after: Any
    last: Any
    number: int
    digest: str


def begin(source: str, all_tables: Sequence[Table]) -> bool:
    """Prepare an empty database, or go on where an earlier move of the same source stopped. Returns whether it goes on.

    Args:
        source: the mark of the database that is moved.
        all_tables: its tables.

    Raises:
        CommandError: the database is not empty, or the source has changed since the earlier move began.
    """
    for setting in _SESSION:
        _do(setting)
    before = _begun()
    if before is None:
        if is_used():
            raise CommandError(
                "The database in DATABASE_URL already has tables, and nothing is overwritten. Name an empty one."
            )
        with transaction.atomic():
            for statement in _NOTES:
                _do(statement)
            _do("INSERT INTO moving.begun VALUES (%s, false)", [source])
    elif before[0] != source:
        raise CommandError(
            "The SQLite database has changed since the move began. Begin again, with another empty database."
        )
    if before is None or not before[1]:
        call_command("migrate", verbosity=0)
        with transaction.atomic():
            _put_aside(all_tables)
            _do("UPDATE moving.begun SET ready = true")
    return before is not None


def _begun() -> tuple[str, bool] | None:
    if ask("SELECT to_regclass('moving.begun') IS NULL")[0][0]:
        return None
    source, ready = ask("SELECT source, ready FROM moving.begun")[0]
    return source, ready


def _put_aside(all_tables: Iterable[Table]) -> None:
    """Drop what rows are checked and found by, note how it is made again, and empty the tables of what migrate wrote."""
    unique, foreign = (ask(_CONSTRAINTS, [kind]) for kind in "uf")
    indexes = ask(_INDEXES)
    for _drop, make in [*unique, *indexes, *foreign]:
        _do("INSERT INTO moving.aside (make) VALUES (%s)", [make])
    for drop, _make in [*foreign, *unique, *indexes]:
        _do(drop)
    names = [f'"{table.name}"' for table in all_tables]
    _do(f"TRUNCATE {', '.join(names)}")
    for name in names:
        _do(f"ALTER TABLE {name} DISABLE TRIGGER USER")


def chunks() -> list[Chunk]:
    """Return what was copied so far, in order."""
    return [
        Chunk(name, json.loads(after), json.loads(last), number, digest)
        for name, after, last, number, digest in ask(
            "SELECT name, coalesce(after, 'null')::text, last::text, number, digest FROM moving.chunk ORDER BY place"
        )
    ]


def copy(table: Table, after: Any, rows: Rows) -> Chunk | None:
    """Copy rows, and note them, in one transaction. Returns None if there are none.

    Raises:
        CommandError: PostgreSQL refuses one of them.
    """
    digest = hashlib.sha256()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            with cursor.copy(f'COPY "{table.name}" ({table.names}) FROM STDIN') as target:
                for text in rows.texts:
                    digest.update(text)
                    target.write(text)
            if not rows.number:
                return None
            chunk = Chunk(table.name, after, rows.last, rows.number, digest.hexdigest())
            cursor.execute(
                "INSERT INTO moving.chunk (name, after, last, number, digest) VALUES (%s, %s, %s, %s, %s)",
                [table.name, json.dumps(after), json.dumps(rows.last), chunk.number, chunk.digest],
            )
    except (psycopg.Error, Error) as error:
        place = f"{table.name}, after {table.key} {after}" if after is not None else table.name
        raise CommandError(f"PostgreSQL refused a row of {place}: {error}") from error
    return chunk


def make_again() -> Iterator[tuple[int, int]]:
    """Make what was put aside. Yields how much is done, and how much there is."""
    waiting = ask("SELECT place, make FROM moving.aside ORDER BY place")
    for number, (place, make) in enumerate(waiting, 1):
        try:
            with transaction.atomic():
                _do(make)
                _do("DELETE FROM moving.aside WHERE place = %s", [place])
        except Error as error:
            raise CommandError(f"PostgreSQL refused “{make}”: {error}") from error
        yield number, len(waiting)


def digest_of(table: Table, chunk: Chunk) -> tuple[int, str]:
    """Return the number of rows that PostgreSQL has of a chunk, and the SHA-256 of its own text of them."""
    digest, number = hashlib.sha256(), 0
    where = f"WHERE {table.order} <= %s"
    where += f" AND {table.order} > %s" if chunk.after is not None else ""
    values = [chunk.last] + ([chunk.after] if chunk.after is not None else [])
    with (
        connection.cursor() as cursor,
        cursor.copy(
            f'COPY (SELECT {table.names} FROM "{table.name}" {where} ORDER BY {table.order}) TO STDOUT',
            values,
        ) as copied,
    ):
        for text in copied:
            digest.update(text)
            number += bytes(text).count(b"\n")
    return number, digest.hexdigest()


def end(all_tables: Iterable[Table]) -> None:
    """Let the triggers act again and the numbers go on, and drop the notes."""
    with transaction.atomic():
        for table in all_tables:
            _do(f'ALTER TABLE "{table.name}" ENABLE TRIGGER USER')
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables())):
            _do(statement)
        _do("DROP SCHEMA moving CASCADE")
    _do("ANALYZE")


def _do(sql: str, values: Sequence[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
