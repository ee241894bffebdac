"""A streaming replica of PostgreSQL, from which much can be read while everything is written to the primary.

A thread reads from it only inside `reading`, and never in a transaction. Every position is a place in the log that the
primary writes and the replica replays (https://www.postgresql.org/docs/current/wal-internals.html), as a number of
bytes: whoever has seen the primary at a position may read from the replica once that has replayed it.
"""

from claims.queries.replica.positions import ALIAS
from claims.queries.replica.reading import (
    alias,
    is_set,
    on_primary,
    piecewise,
    position,
    reading,
)
from claims.queries.replica.watch import watch

__all__ = ["ALIAS", "alias", "is_set", "on_primary", "piecewise", "position", "reading", "watch"]
