"""Which of the two databases a thread reads from."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.db.models import Model
from django.db.utils import DEFAULT_DB_ALIAS

from claims.queries.replica.positions import ALIAS, primary_position
from claims.queries.replica.watch import watch

_here = threading.local()


def is_set() -> bool:
    """Return whether there is a replica at all."""
    return ALIAS in connections.settings


def alias() -> str:
    """Return the name of the database that this thread reads from."""
    reads = getattr(_here, "reads", False) and not connections[DEFAULT_DB_ALIAS].in_atomic_block
    return ALIAS if reads else DEFAULT_DB_ALIAS


def position() -> int:
    """Return where the primary is; 0 without a replica. Everything that was committed is before it."""
    return primary_position() if is_set() else 0


@contextmanager
def reading(*, seen: int = 0) -> Iterator[bool]:
    """Let this thread read from the replica, if there is one that may be read from. Writes still go to the primary.

    Args:
        seen: the position of the primary from which on everything is to be found.

    Yields:
        Whether it does.
    """
    with _reads(reads=is_set() and watch.is_usable() and watch.has(seen)) as reads:
        yield reads


@contextmanager
def on_primary() -> Iterator[None]:
    """Let this thread read from the primary again."""
    with _reads(reads=False):
        yield


@contextmanager
def _reads(*, reads: bool) -> Iterator[bool]:
    before, _here.reads = getattr(_here, "reads", False), reads
    try:
        yield reads
    finally:
        _here.reads = before


def piecewise(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the pieces of an answer that is made while it is sent, each read from the database that this thread reads from now."""
    return _piecewise(iter(pieces), reads=alias() == ALIAS)


def _piecewise(iterator: Iterator[bytes], *, reads: bool) -> Iterator[bytes]:
    while True:
        with _reads(reads=reads):
            piece = next(iterator, None)
        if piece is None:
            return
        yield piece


class Router:
    """Lets Django read from the replica where `reading` says so, and do everything else on the primary."""

    def db_for_read(self, _model: type[Model], **_hints: Any) -> str:
        """Return the database that this thread reads from, even what belongs to a record from the other one."""
        return alias()

    def db_for_write(self, _model: type[Model], **_hints: Any) -> str:
        """Return the primary."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, _one: Model, _other: Model, **_hints: Any) -> bool:
        """Let records from both refer to each other: the databases hold the same."""
        return True

    def allow_migrate(self, database: str, _app: str, **_hints: Any) -> bool:
        """Migrate the primary, whose log the replica replays."""
        return database == DEFAULT_DB_ALIAS
