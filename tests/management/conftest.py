"""Databases for commands that run in separate processes."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from tests.management.commands import SECRET_KEY, database_on_server, environment, manage, on_file


def _on_server(url: str, data: Path) -> dict[str, str]:
    return environment(SECRET_KEY=SECRET_KEY, DATABASE_URL=url, DATA_DIR=str(data))


@pytest.fixture(scope="session")
def _template(tmp_path_factory) -> Iterator[str]:
    """The name of a database on the server with all migrations applied: a copy of it is quicker than another one."""
    name = f"template_{uuid4().hex}"
    with database_on_server(name) as url:
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
    with database_on_server(
        f"own_{uuid4().hex}", template=request.getfixturevalue("_template")
    ) as url:
        yield _on_server(url, tmp_path)
