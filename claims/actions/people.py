"""Accounts and what they may do."""

import secrets
from functools import cache

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.errors import InvalidValueError


class Role(models.TextChoices):
    """What an account is on the desk. Each is a group of Django's, and each may do what the one before may."""

    READER = "reader", _("Reader")
    EDITOR = "editor", _("Editor")
    CHIEF = "chief", _("Chief editor")


_READS = [
    *(
        f"claims.view_{model}"
        for model in (
            "article",
            "revision",
            "source",
            "alias",
            "claim",
            "evidence",
            "decision",
            "change",
            "changedclaim",
            "comment",
            "outlet",
            "desk",
            "tag",
            "batch",
            "report",
            "snapshot",
            "reportedclaim",
            "correction",
            "feed",
        )
    ),
    "claims.export_report",
]
_EDITS = [
    *_READS,
    "claims.add_article",
    "claims.decide_claim",
    "claims.change_claim",
    "claims.add_comment",
    "claims.add_report",
    *(
        f"claims.{verb}_{model}"
        for verb in ("add", "change")
        for model in ("source", "alias", "evidence", "outlet", "desk", "tag")
    ),
]
# Accounts are the administrator's: in Django, who may change accounts may make themselves a superuser.
_LEADS = [
    *_EDITS,
    "claims.change_article",
    "claims.publish_report",
    "claims.add_feed",
    "claims.change_feed",
    "claims.delete_feed",
    "claims.view_intake",
    "claims.view_newsroom",
    "claims.change_newsroom",
    "claims.view_task",
    "claims.change_task",
    *(
        f"claims.delete_{model}"
        for model in ("article", "source", "alias", "evidence", "outlet", "desk", "tag")
    ),
]
PERMISSIONS = {Role.READER: _READS, Role.EDITOR: _EDITS, Role.CHIEF: _LEADS}

WORKBENCH = "workbench"
"""The user name of the account in whose name the command line works."""


def sync_roles(*, using: str = DEFAULT_DB_ALIAS) -> None:
    """Make each role's group hold exactly the role's permissions. Run after every migrate."""
    by_name = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.using(using).select_related("content_type")
    }
    for role, names in PERMISSIONS.items():
        group, _created = Group.objects.using(using).get_or_create(name=role.value)
        group.permissions.set([by_name[name] for name in names])


@action("auth.add_user", what=gettext_noop("make accounts"))
def make_account(*, actor: User, username: str, role: Role) -> tuple[User, str]:
    """Make an account with a generated password.

    Args:
        actor: who makes it.
        username: the name to log in with; an account of that name gets the role and a new password.
        role: what the account may do.

    Returns:
        The account, and its password: this is the only time that it can be read.

    Raises:
        InvalidValueError: if nobody can log in with such a name, or it is the command line's own.
    """
    if username == WORKBENCH:
        raise InvalidValueError(why=gettext_noop("this name is the command line's own."))
    password = secrets.token_urlsafe(12)
    user = User.objects.filter(username=username).first() or User(username=username)
    created = user._state.adding
    user.is_staff = True
    user.set_password(password)
    try:
        user.full_clean()
    except ValidationError as error:
        raise InvalidValueError(why=" ".join(error.messages)) from error
    user.save()
    user.groups.set([Group.objects.get(name=role.value)])
    LogEntry.objects.log_actions(
        actor.pk,
        [user],
        ADDITION if created else CHANGE,
        change_message=f"new password, role {role.value}",
        single_object=True,
    )
    return user, password


def workbench_account() -> User:
    """The account in whose name the command line works. Nobody can log in with it."""
    user, created = User.objects.get_or_create(
        username=WORKBENCH, defaults={"first_name": "Claim Workbench", "is_superuser": True}
    )
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


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
