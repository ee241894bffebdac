"""Sessions in the database, as Django keeps them, but found by a query that is put into SQL once: every request asks it."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import VALID_KEY_CHARS, UpdateError
from django.contrib.sessions.models import Session
from django.utils import timezone

from claims.models.base.prepared import Prepared
from claims.outages import outage_of

_SESSION = Prepared(lambda key: Session.objects.filter(session_key=key))
_CHARACTERS = frozenset(VALID_KEY_CHARS)
_SHORTEST = 8
"""How long Django wants a key to be."""


class SessionStore(db.SessionStore):
    """A session: what Django calls the class of a `SESSION_ENGINE`."""

    def _validate_session_key(self, key: str | None) -> bool:
        """Return whether it can be a session's key. What else a cookie holds is asked for nowhere: PostgreSQL refuses a NUL."""
        return key is not None and len(key) >= _SHORTEST and _CHARACTERS.issuperset(key)

    def _get_session_from_db(self) -> Session | None:
        """Return the session's row; None if there is none, or it has ended."""
        found = _SESSION.first(self.session_key or "")
        if found is None or found.expire_date <= timezone.now():
            self._session_key = None
            return None
        return found

    def save(self, *given: bool, **named: bool) -> None:
        """Save it; the arguments are Django's.

        Django takes every error of the database for a session that was ended meanwhile, which is answered with
        400 (Bad Request) and not asked again.

        Raises:
            UpdateError: if somebody has ended the session meanwhile.
            django.db.DatabaseError: if the database is unavailable, busy or full.
        """
        try:
            super().save(*given, **named)
        except UpdateError as error:
            cause = error.__context__
            if cause is not None and outage_of(cause):
                raise cause from None
            raise
