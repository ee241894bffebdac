"""Accounts: display names, and the people to whom claims can be assigned."""

from functools import cache

from django.contrib.auth.models import Permission, User
from django.db.models import Q, QuerySet


def display_name(actor: User) -> str:
    """Return the actor's name for the log: the full name, or else the user name."""
    return actor.get_full_name() or actor.get_username()


def assignable_users() -> QuerySet[User]:
    """Return the accounts that may decide claims, by name; the queryset is evaluated when it is read."""
    return _deciders().all()


@cache
def _deciders() -> QuerySet[User]:
    """Return the queryset, built once, because that takes as long as running it and every panel uses it."""
    permission = Permission.objects.filter(
        content_type__app_label="claims", codename="decide_claim"
    )
    may = Q(groups__permissions__in=permission) | Q(user_permissions__in=permission)
    names = "username", "first_name", "last_name"
    accounts = User.objects.filter(may, is_active=True).only(*names)
    return accounts.distinct().order_by("first_name", "username")
