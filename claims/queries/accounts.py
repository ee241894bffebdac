"""Accounts: display names, second factors, sessions, and the people to whom claims can be assigned or whom comments can mention."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.models import Permission, User
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.choices import BaseChoiceIterator

from claims.access import role_of
from claims.models.base.prepared import Prepared


def display_name(actor: User) -> str:
    """Return the actor's name for the log: the full name, or else the user name."""
    return _display_name(actor.username, actor.first_name, actor.last_name)


def _display_name(username: str, first: str, last: str) -> str:
    return f"{first} {last}".strip() or username


def second_factors(account: User) -> QuerySet[Authenticator]:
    """Return the authenticator app and the passkeys of an account, oldest first. Recovery codes only replace them."""
    types = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=account, type__in=types)
    return found.order_by("created_at", "pk")


def needs_second_factor(account: User) -> bool:
    """Return whether the account's role must have a second factor (`REQUIRE_SECOND_FACTOR`)."""
    required = settings.REQUIRE_SECOND_FACTOR
    return bool(required) and role_of(account) in required


def lacks_second_factor(account: User) -> bool:
    """Return whether the account must have a second factor and has none. It takes no query where nobody must."""
    return needs_second_factor(account) and not second_factors(account).exists()


def assignable_users() -> QuerySet[User]:
    """Return the accounts that may decide claims, by name; the queryset is evaluated when it is read."""
    return _deciders().all()


def people_of_desk() -> list[tuple[int, str]]:
    """Return the ids of the same accounts with their names, read at once."""
    return [(pk, _display_name(*names)) for pk, *names in _PEOPLE.all()]


@cache
def _deciders() -> QuerySet[User]:
    """Return the queryset, built once, because that takes as long as running it and every panel uses it."""
    return _named(User.objects.filter(_may("decide_claim"), is_active=True))


_PEOPLE = Prepared(
    lambda: assignable_users().values_list("pk", "username", "first_name", "last_name")
)


def mentionable_users() -> QuerySet[User]:
    """Return the accounts that may read comments, by name."""
    return _named(User.objects.filter(_may("view_comment") | Q(is_superuser=True), is_active=True))


def publishers() -> QuerySet[User]:
    """Return the accounts that may publish reports, by name."""
    return _named(
        User.objects.filter(_may("publish_report") | Q(is_superuser=True), is_active=True)
    )


def mentioned_among(user_names: Collection[str]) -> list[int]:
    """Return the ids of the accounts that may read comments and have one of some user names, given in lower case."""
    found = mentionable_users().annotate(key=Lower("username")).filter(key__in=user_names)
    return list(found.values_list("pk", flat=True))


def _may(codename: str) -> Q:
    permission = Permission.objects.filter(content_type__app_label="claims", codename=codename)
    return Q(groups__permissions__in=permission) | Q(user_permissions__in=permission)


def _named(accounts: QuerySet[User]) -> QuerySet[User]:
    names = accounts.only("username", "first_name", "last_name")
    return names.distinct().order_by("first_name", "username")


class PeopleChoices(BaseChoiceIterator):
    """Some choices, and then people. The accounts are read only where a choice is none of the first."""

    def __init__(
        self, first: Sequence[tuple[str, str]], people: Callable[[], Iterable[User]]
    ) -> None:
        self._first, self._people = first, people

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """The choices, in order."""
        yield from self._first
        for one in self._people():
            yield str(one.pk), display_name(one)


ACTIVE = "active"
"""Where a session keeps when its person last did something, in seconds of the epoch."""

_BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("iPhone|iPad", "iOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class OpenSession:
    """A session in which somebody is logged in.

    Attributes:
        pk: its id, by which it is ended.
        browser: the browser and its system; "" if it does not say.
        address: the IP address from which they logged in.
        began_at: when they logged in.
        used_at: when they last did something, to within some minutes.
        is_current: whether the page is shown in it.
    """

    pk: int
    browser: str
    address: str
    began_at: datetime
    used_at: datetime
    is_current: bool


def open_sessions(account: User, current: str | None = None) -> list[OpenSession]:
    """Return the sessions in which somebody is logged in, the one used last first; in two queries.

    Args:
        account: whose.
        current: the key of the session that asks.
    """
    kept = {one.session_key: one for one in UserSession.objects.filter(user=account)}
    found = Session.objects.filter(session_key__in=kept, expire_date__gt=timezone.now())
    valid = account.get_session_auth_hash()
    is_open = {
        one.session_key: data
        for one in found
        if (data := one.get_decoded()).get(HASH_SESSION_KEY) == valid
    }
    listed = [_session(kept[key], data, key == current) for key, data in is_open.items()]
    return sorted(listed, key=lambda one: (one.is_current, one.used_at, one.pk), reverse=True)


def _session(kept: UserSession, data: dict[str, Any], is_current: bool) -> OpenSession:  # noqa: FBT001 - only above
    since = data.get(ACTIVE)
    return OpenSession(
        pk=kept.pk,
        browser=browser_of(kept.user_agent),
        address=kept.ip,
        began_at=kept.created_at,
        used_at=datetime.fromtimestamp(since, UTC) if since else kept.created_at,
        is_current=is_current,
    )


def browser_of(user_agent: str) -> str:
    """Return a browser and its system by their names, as far as they are known."""
    named = (
        next((name for pattern, name in known if re.search(pattern, user_agent)), "")
        for known in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(filter(None, named))
