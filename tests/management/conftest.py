"""Databases for commands that run in separate processes."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import connection

from tests.management.commands import (
    SECRET_KEY,
    copy_of_tests,
    database_on_server,
    environment,
    on_file,
)


@pytest.fixture
def own_database(django_db_setup, db, tmp_path) -> Iterator[dict[str, str]]:
    """The environment of a workbench with an empty database of its own: of the kind that is being tested."""
    if connection.vendor == "sqlite":
        own = tmp_path / "own.sqlite3"
        copy_of_tests(own)
        yield on_file(own)
        return
    with database_on_server(f"own_{uuid4().hex}", template=django_db_setup) as url:
        yield environment(SECRET_KEY=SECRET_KEY, DATABASE_URL=url, DATA_DIR=str(tmp_path))
