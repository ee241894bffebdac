"""Accounts: display names, second factors, and the people to whom claims can be assigned, or whom comments can mention."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.choices import BaseChoiceIterator

from claims.access import role_of


def display_name(actor: User) -> str:
    """Return the actor's name for the log: the full name, or else the user name."""
    return actor.get_full_name() or actor.get_username()


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


@cache
def _deciders() -> QuerySet[User]:
    """Return the queryset, built once, because that takes as long as running it and every panel uses it."""
    return _named(User.objects.filter(_may("decide_claim"), is_active=True))


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
