"""Databases for commands that run in separate processes."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from tests.management.commands import SECRET_KEY, environment, on_file


@pytest.fixture
def own_database(tmp_path) -> Iterator[dict[str, str]]:
    """The environment of a workbench with an empty database of its own: of the kind that is being tested."""
    if connection.vendor == "sqlite":
        yield on_file(tmp_path / "own.sqlite3")
        return
    server, name = os.environ["DATABASE_URL"], f"own_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as there:
        there.execute(f'CREATE DATABASE "{name}"')
    url = urlsplit(server)._replace(path=f"/{name}").geturl()
    yield environment(SECRET_KEY=SECRET_KEY, DATABASE_URL=url, DATA_DIR=str(tmp_path))
    with psycopg.connect(server, autocommit=True) as there:
        there.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
