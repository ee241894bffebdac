"""The database as a backup sees it: one moment of it, which later writes do not change."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from django.apps import apps
from django.db import connection, models

from claims.management.backups import postgresql, sqlite
from claims.management.progress import Tell


class Asked(Protocol):
    """What answers queries."""

    def ask(self, sql: str, /) -> Iterable[tuple[Any, ...]]:
        """Return the rows that a query finds in it."""


class Snapshot(Asked, Protocol):
    """One moment of a database."""

    def write(self, path: Path, tell: Tell) -> None:
        """Write all of it into a new file."""


class Engine(Protocol):
    """What a backup does with one kind of database."""

    FILE: str
    """The name of the file that holds its copy."""

    def snapshot(self) -> AbstractContextManager[Snapshot]:
        """Hold one moment of the configured database. People keep working meanwhile."""

    def copy_of(self, path: Path, /) -> AbstractContextManager[Snapshot | None]:
        """Open a copy to count its rows; None where only a server could."""

    def fault_of(self, path: Path) -> str:
        """Return what is wrong with the copy in a file, in words; "" if nothing is."""

    def is_used(self) -> bool:
        """Return whether the configured database has any table."""

    def restore(self, path: Path) -> None:
        """Put a copy in the place of the configured database, which is empty: all of it, or nothing."""


ENGINES: dict[str, Engine] = {"sqlite": sqlite, "postgresql": postgresql}


def engine() -> Engine:
    """That of the configured database."""
    return ENGINES[connection.vendor]


def tables() -> Iterator[type[models.Model]]:
    """Every model with a table of its own, in the order in which they were defined."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model


def count_rows(database: Asked, names: Iterable[str]) -> dict[str, int]:
    """Return the number of rows of each of these tables."""
    return {name: next(iter(database.ask(f'SELECT count(*) FROM "{name}"')))[0] for name in names}


def files_named(snapshot: Snapshot) -> set[str]:
    """Return the names of the stored files that any row needs."""
    return {
        name
        for model in tables()
        for field in model._meta.concrete_fields
        if isinstance(field, models.FileField)
        for (name,) in snapshot.ask(
            f'SELECT DISTINCT "{field.column}" FROM "{model._meta.db_table}"'
            f" WHERE \"{field.column}\" <> ''"
        )
    }


def migrations_of(database: Asked) -> tuple[str, ...]:
    """Return the applied migrations, as "app.name", sorted."""
    return tuple(
        sorted(
            f"{app}.{name}" for app, name in database.ask("SELECT app, name FROM django_migrations")
        )
    )
