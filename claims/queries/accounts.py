"""Who works here."""

from functools import cache

from django.contrib.auth.models import Permission, User
from django.db.models import Q, QuerySet


def name_of(actor: User) -> str:
    """The actor's name as the log keeps it: the full name, or else the user name."""
    return actor.get_full_name() or actor.get_username()


def deciders() -> QuerySet[User]:
    """The accounts that may decide claims, by name; asked for when it is read."""
    return _deciders().all()


@cache
def _deciders() -> QuerySet[User]:
    """The question, put together once: that takes as long as asking it, and every panel asks."""
    permission = Permission.objects.filter(
        content_type__app_label="claims", codename="decide_claim"
    )
    may = Q(groups__permissions__in=permission) | Q(user_permissions__in=permission)
    names = "username", "first_name", "last_name"
    accounts = User.objects.filter(may, is_active=True).only(*names)
    return accounts.distinct().order_by("first_name", "username")
