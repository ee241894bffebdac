"""Whether the replica may be read from: one that lags or does not answer is left out until it is back."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from claims.queries.replica.lag import Lag
from claims.queries.replica.positions import primary_position, replica_position

OFTEN, SELDOM = 1.0, 5.0
"""Seconds between two looks while both databases answer, and while one does not: each look may take as long as a connection
may, while somebody waits."""

_TRIES, _BETWEEN = 10, 0.1
"""How often a look that takes its time asks a replica that is behind, and the seconds between."""


LAGS = "replica lags"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the last look at the replica found.

    Attributes:
        fault: why it is left out, in a few words for programs; "" if it is used.
        lag: for how many seconds what is in it may be outdated; infinite if that is not known.
        replayed: its position.
    """

    fault: str = "no replica"
    lag: float = inf
    replayed: int = 0


class Watch:
    """Looks at the replica now and then, in whichever thread asks first; the others go by what was seen last.

    Args:
        primary, replica: return the positions of the databases; they raise `DatabaseError` or `InterfaceError` if one does not
            answer.
        now: the time in seconds.
    """

    def __init__(
        self,
        primary: Callable[[], int] = primary_position,
        replica: Callable[[], int] = replica_position,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._primary, self._replica, self._now = primary, replica, now
        self._lag = Lag()
        self._seen = Seen()
        self._due = -inf
        self._looking = threading.Lock()

    def is_usable(self) -> bool:
        """Return whether the replica may be read from."""
        if self._now() >= self._due and self._looking.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._looking.release()
        return not self._seen.fault

    def has(self, position: int) -> bool:
        """Return whether the replica has replayed a position."""
        if self._seen.replayed >= position:
            return True
        try:
            return self._replica() >= position
        except (DatabaseError, InterfaceError):
            self.doubt()
            return False

    def look(self) -> Seen:
        """Look at it now, and for a second if it is behind: in a process that seldom looks, that says little at first."""
        with self._looking:
            for _try in range(_TRIES):
                self._look()
                if self._seen.fault != LAGS:
                    break
                time.sleep(_BETWEEN)
        return self._seen

    def doubt(self) -> None:
        """Leave it out until the next look: a query has failed."""
        self._seen = Seen()
        self._due = self._now() + OFTEN

    def _look(self) -> None:
        wait = OFTEN
        try:
            self._lag.note(self._primary(), self._now())
        except (DatabaseError, InterfaceError):
            # While the primary is away nobody writes, and what is in the replica stays true.
            wait = SELDOM
        try:
            replayed = self._replica()
        except (DatabaseError, InterfaceError):
            self._seen, wait = Seen(), SELDOM
        else:
            lag = self._lag.seconds(replayed, self._now())
            fault = LAGS if lag > settings.REPLICA_MAX_LAG else ""
            self._seen = Seen(fault, lag, replayed)
        self._due = self._now() + wait


watch = Watch()
"""The watch of this process."""
