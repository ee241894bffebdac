"""Databases for commands that run in separate processes."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from tests.management.commands import SECRET_KEY, environment, manage, on_file


@contextmanager
def _postgresql(name: str, *, template: str = "template1") -> Iterator[str]:
    """The address of a new database on the tests' server, a copy of another, while it is there."""
    server = os.environ["DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as there:
        there.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield urlsplit(server)._replace(path=f"/{name}").geturl()
    with psycopg.connect(server, autocommit=True) as there:
        there.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_server(url: str, data: Path) -> dict[str, str]:
    return environment(SECRET_KEY=SECRET_KEY, DATABASE_URL=url, DATA_DIR=str(data))


@pytest.fixture(scope="session")
def _template(tmp_path_factory) -> Iterator[str]:
    """The name of a database on the server with all migrations applied: a copy of it is quicker than another one."""
    name = f"template_{uuid4().hex}"
    with _postgresql(name) as url:
        env = _on_server(url, tmp_path_factory.mktemp("template"))
        assert manage("migrate", "--verbosity=0", env=env).returncode == 0
        yield name


@pytest.fixture
def own_database(request, tmp_path, db) -> Iterator[dict[str, str]]:
    """The environment of a workbench with an empty database of its own: of the kind that is being tested."""
    if connection.vendor == "sqlite":
        # A copy of the tests' own, which is quicker than applying every migration again.
        own = tmp_path / "own.sqlite3"
        with (
            closing(sqlite3.connect(connection.settings_dict["NAME"])) as tests,
            closing(sqlite3.connect(own)) as copy,
        ):
            tests.backup(copy)
        yield on_file(own)
        return
    with _postgresql(f"own_{uuid4().hex}", template=request.getfixturevalue("_template")) as url:
        yield _on_server(url, tmp_path)
