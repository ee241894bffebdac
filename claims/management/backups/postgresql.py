"""Copies of a PostgreSQL database: made by pg_dump of one exported snapshot, put back by pg_restore in one transaction.

https://www.postgresql.org/docs/current/functions-admin.html: `pg_export_snapshot` lets pg_dump see exactly what this
program's transaction sees, so that the counted rows are those of the copy.
"""

import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from claims.management.progress import Tell

FILE = "database.dump"


def ask(sql: str, values: Sequence[Any] | None = None) -> list[tuple[Any, ...]]:
    """Return the rows that a query finds in the configured database."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


class _Snapshot:
    """What a transaction sees."""

    def ask(self, sql: str) -> Iterable[tuple[Any, ...]]:
        """Return the rows that a query finds in it."""
        return ask(sql)

    def write(self, path: Path, tell: Tell) -> None:
        """Write all of it into a new file."""
        ((exported,),) = self.ask("SELECT pg_export_snapshot()")
        # Level 1 of its compression takes a third of the default's time, for a tenth more bytes.
        options = ["--format=custom", "--compress=1", "--no-owner", "--no-privileges"]
        _run("pg_dump", *options, f"--snapshot={exported}", f"--file={path}", on_server=True)
        tell(1, 1)


@contextmanager
def snapshot() -> Iterator[_Snapshot]:
    """Hold one moment of the configured database. People keep working meanwhile."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield _Snapshot()


@contextmanager
def copy_of(_path: Path) -> Iterator[None]:
    """Only a server could count the rows of a copy."""
    yield None


def fault_of(path: Path) -> str:
    """Return what is wrong with the copy in a file, in words; "" if nothing is. All of it is read."""
    try:
        _run("pg_restore", f"--file={os.devnull}", str(path))
    except CommandError as error:
        return str(error)
    return ""


def is_used() -> bool:
    """Return whether the configured database has any table."""
    ((used,),) = ask(
        "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema'))"
    )
    return bool(used)


def restore(path: Path) -> None:
    """Put a copy in the place of the configured database, which is empty: all of it, or nothing."""
    listed = _run("pg_restore", "--list", str(path)).splitlines(keepends=True)
    # An administrator may have added the extension to the database: only its owner may comment on it.
    wanted = "".join(line for line in listed if "COMMENT - EXTENSION" not in line)
    options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    _run(
        "pg_restore",
        *options,
        "--use-list=/dev/stdin",
        str(path),
        given=wanted,
        on_server=True,
    )


def _run(program: str, *arguments: str, given: str = "", on_server: bool = False) -> str:
    """Run one of PostgreSQL's programs to its end.

    Args:
        program: its name.
        arguments: its options and files.
        given: what it reads from its standard input.
        on_server: whether it connects to the configured database. The password is passed in the environment, where no
            other account sees it.

    Returns:
        What it printed.

    Raises:
        CommandError: it is not installed, or it failed, with the last line that it said.
    """
    environment = dict(os.environ)
    if on_server:
        (_psql, *place, name), variables = DatabaseClient.settings_to_cmd_args_env(
            connection.settings_dict, []
        )
        arguments = (*place, f"--dbname={name}", *arguments)
        environment |= variables or {}
    try:
        done = subprocess.run(  # noqa: S603 - the arguments are this program's own, and the settings
            [program, *arguments],
            input=given,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise CommandError(
            f"The program {program} is not installed: install PostgreSQL's client programs, of the server's version or newer."
        ) from None
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it does not say why"]
        raise CommandError(f"{program} failed: {said[-1]}")
    return done.stdout
