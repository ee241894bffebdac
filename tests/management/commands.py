"""The commands as an administrator runs them: in another process, on a separate database."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.db import connection as tests_connection

ROOT = Path(__file__).resolve().parents[2]

SECRET_KEY = "a text for tests that is longer than fifty characters and different 0123456789"


def environment(**variables: str) -> dict[str, str]:
    """That of a production machine with these variables, and none of the tests' own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONUNBUFFERED": "1", **variables}


def on_file(database: Path) -> dict[str, str]:
    """The environment of a workbench that keeps its database in that file."""
    return environment(SECRET_KEY=SECRET_KEY, DATABASE_URL=f"sqlite:///{database}")


def manage(*arguments: str | Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run `manage.py` to its end."""
    return subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def reading(env: dict[str, str], query: str) -> list[tuple[Any, ...]]:
    """What a query finds in the database that an environment names, asked by another program than the workbench."""
    url = env["DATABASE_URL"]
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            return connection.execute(query).fetchall()
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()


def copy_of_tests(own: Path) -> None:
    """Write the SQLite database of an empty workbench: a copy of the tests' own, if they run on SQLite, or else nothing.

    Quicker by far than applying every migration again.
    """
    if tests_connection.vendor != "sqlite":
        return
    with (
        closing(sqlite3.connect(tests_connection.settings_dict["NAME"])) as tests,
        closing(sqlite3.connect(own)) as copy,
    ):
        tests.backup(copy)


@contextmanager
def database_on_server(name: str, *, template: str = "template1") -> Iterator[str]:
    """The address of a new database on the tests' server, a copy of another, while it is there."""
    server = os.environ["DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as there:
        there.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield urlsplit(server)._replace(path=f"/{name}").geturl()
    with psycopg.connect(server, autocommit=True) as there:
        there.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
