"""A separate database for benchmarks that build an archive, and an environment that names it."""

import os
from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit


class Database:
    """A separate database on the server that DATABASE_URL names, dropped afterwards; without it, a file in the folder."""

    def __init__(self, name: str) -> None:
        self.server = os.environ.get("DATABASE_URL")
        self.name = f"bench_{name}"

    def __enter__(self) -> str | None:
        if not self.server:
            return None
        self._say(f"DROP DATABASE IF EXISTS {self.name}")
        self._say(f"CREATE DATABASE {self.name}")
        return urlunsplit(urlsplit(self.server)._replace(path=f"/{self.name}"))

    def __exit__(self, *_error: object) -> None:
        if self.server:
            self._say(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def _say(self, sql: str) -> None:
        import psycopg  # noqa: PLC0415  # not needed on SQLite

        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(sql)


def environment(data: str, address: str | None = None) -> Mapping[str, str]:
    """The environment of a process that measures: this one's, with the settings of a newsroom.

    Args:
        data: the folder of its files.
        address: the address of its database; None for the file in that folder.
    """
    return {
        **{key: value for key, value in os.environ.items() if key != "DATABASE_URL"},
        **({"DATABASE_URL": address} if address else {}),
        "DJANGO_SETTINGS_MODULE": "workbench.settings.base",
        "SECRET_KEY": "bench " * 12,
        "ALLOWED_HOSTS": "testserver",
        "HTTPS": "off",
        "DATA_DIR": data,
    }


def engine() -> str:
    """The database that DATABASE_URL chooses, in a word."""
    return "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite"
