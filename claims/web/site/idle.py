"""Idle sessions: after the idle limit (`SESSION_IDLE_MINUTES`), users have to log in again.

A session ends one idle limit after it was last saved. It is saved when the user does something, but at most every
few minutes: saving it with every page would cost as much as the page.
"""

from time import time
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from claims.queries.accounts import ACTIVE
from claims.web.site.requests import asks_part

REFRESH = 300
"""Seconds between two such notes, or a tenth of the limit where that is less."""
_ASKED_BY_PAGES = frozenset(
    {"presence", "unread", "read-notifications", "bulk-change", "export", "intake"}
)
"""The addresses that an open page asks again and again: nobody need be in front of it."""


def begin(request: HttpRequest, **_signal: Any) -> None:
    """Count a login as activity."""
    request.session[ACTIVE] = int(time())


def keep(request: HttpRequest) -> None:
    """Extend an active user's session by another idle limit."""
    match = request.resolver_match
    if asks_part(request) and match and match.url_name in _ASKED_BY_PAGES:
        return
    now = int(time())
    if now - request.session.get(ACTIVE, 0) >= min(REFRESH, settings.SESSION_COOKIE_AGE // 10):
        request.session[ACTIVE] = now
