"""A database that several threads see, each through a connection of its own."""

import sqlite3
from contextlib import closing

import pytest
from django.db import connection, connections


@pytest.fixture
def shared_database(_log_can_be_flushed, tmp_path):
    """The tests' PostgreSQL with real transactions, or a copy of their SQLite database in a file.

    The tests' own SQLite database is in memory and cannot be shared by several connections.
    """
    if connection.vendor != "sqlite":
        yield
        return
    in_memory, kept = connections["default"], connections.settings["default"]
    in_memory.ensure_connection()
    with closing(sqlite3.connect(tmp_path / "desk.sqlite3")) as file:
        in_memory.connection.backup(file)
    connections.settings["default"] = kept | {"NAME": str(tmp_path / "desk.sqlite3")}
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"], connections.settings["default"] = in_memory, kept
