"""Databases for commands that run in separate processes."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from tests.management.commands import SECRET_KEY, environment, manage, on_file


@pytest.fixture
def own_database(tmp_path, db) -> Iterator[dict[str, str]]:
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
    server, name = os.environ["DATABASE_URL"], f"own_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as there:
        there.execute(f'CREATE DATABASE "{name}"')
    url = urlsplit(server)._replace(path=f"/{name}").geturl()
    env = environment(SECRET_KEY=SECRET_KEY, DATABASE_URL=url, DATA_DIR=str(tmp_path))
    assert manage("migrate", "--verbosity=0", env=env).returncode == 0
    yield env
    with psycopg.connect(server, autocommit=True) as there:
        there.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
