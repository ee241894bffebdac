"""Where the two databases are in the primary's log."""

from django.db import OperationalError, connections
from django.db.utils import DEFAULT_DB_ALIAS

ALIAS = "replica"
"""The replica's name in settings.DATABASES."""

# What is not on the primary's disk yet is not sent to a replica either, and what was committed is on it.
_OF_PRIMARY = "SELECT (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::bigint"
_OF_REPLICA = "SELECT (pg_last_wal_replay_lsn() - '0/0'::pg_lsn)::bigint WHERE pg_is_in_recovery()"


def primary_position() -> int:
    """Return the position up to which the primary's log is on its disk: every commit so far is before it."""
    return _asked(DEFAULT_DB_ALIAS, _OF_PRIMARY)


def replica_position() -> int:
    """Return the position up to which the replica has replayed the log.

    Raises:
        OperationalError: it does not answer, or is no replica any more: somebody has promoted it.
    """
    return _asked(ALIAS, _OF_REPLICA)


def _asked(database: str, sql: str) -> int:
    with connections[database].cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    if row is None or row[0] is None:
        raise OperationalError("the database is not a replica")
    found: int = row[0]
    return found
