"""Outages: the database or the storage of files is unavailable, the database is busy, or a disk is full."""

import errno
from enum import Enum, auto

from django.db import DatabaseError, InterfaceError, OperationalError

from claims.errors import gettext_noop

STORAGE_AWAY = frozenset({errno.EREMOTEIO, errno.ESTALE})
"""The numbers of the errors with which a bucket or a shared folder does not answer."""


class Outage(Enum):
    """The cause of an outage."""

    AWAY = auto()
    BUSY = auto()
    FULL = auto()
    FILES = auto()


MESSAGES = {
    Outage.AWAY: gettext_noop(
        "The database cannot be reached. Your last entry was not saved. Keep this page open and try again in a minute."
    ),
    Outage.BUSY: gettext_noop(
        "The database is busy. Your last entry was not saved. Try again in a few seconds."
    ),
    Outage.FULL: gettext_noop(
        "The disk is full. Your last entry was not saved. Keep this page open and tell your administrator."
    ),
    Outage.FILES: gettext_noop(
        "The file storage cannot be reached. Your last entry was not saved. Keep this page open and try again in a minute."
    ),
}
"""What each means for the person in front of the screen."""

RETRY_AFTER = {Outage.AWAY: 30, Outage.BUSY: 5, Outage.FULL: 300, Outage.FILES: 30}
"""Seconds after which another try may succeed."""

_BUSY_STATES = {
    "40001",  # serialization_failure
    "40P01",  # deadlock_detected
    "53300",  # too_many_connections
    "55P03",  # lock_not_available
    "57014",  # query_canceled: it took longer than the server allows
}
_FULL_STATE = "53100"
"""SQLSTATE codes of PostgreSQL; see appendix A of its manual."""

_ERRORS_OF_FILES = {
    errno.ENOSPC: Outage.FULL,
    errno.EDQUOT: Outage.FULL,
    **dict.fromkeys(STORAGE_AWAY, Outage.FILES),
}


def outage_of(error: BaseException | None) -> Outage | None:
    """Return the outage that caused an error; None if the program itself is at fault."""
    if isinstance(error, OSError):
        return _ERRORS_OF_FILES.get(error.errno or 0)
    if not isinstance(error, DatabaseError | InterfaceError):
        return None
    words, state = str(error), getattr(error.__cause__, "sqlstate", None)
    if state == _FULL_STATE or "disk is full" in words:
        return Outage.FULL
    if state in _BUSY_STATES or "is locked" in words:
        return Outage.BUSY
    if isinstance(error, InterfaceError) or _is_away(error, state):
        return Outage.AWAY
    return None


def _is_away(error: DatabaseError, state: str | None) -> bool:
    """Return whether the database does not answer: for PostgreSQL, no code or one of class 08 or 57P.

    For SQLite, there is no file.
    """
    if not isinstance(error, OperationalError):
        return False
    if type(error.__cause__).__module__.startswith("psycopg"):
        return state is None or state.startswith(("08", "57P"))
    return "unable to open database file" in str(error)
