"""Roles and what each of them may do."""

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from claims.errors import NotAllowedError


class Role(models.TextChoices):
    """What an account is on the desk: its one role, or none. Each may do what the one before may.

    An administrator is a superuser of Django's; each of the others is a group.
    """

    READER = "reader", _("Reader")
    EDITOR = "editor", _("Editor")
    CHIEF = "chief", _("Chief editor")
    ADMINISTRATOR = "administrator", _("Administrator")


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
    # Evidence that is removed is kept, and can be put back: that is an editor's work as adding it is.
    "claims.delete_evidence",
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
        for model in ("article", "source", "alias", "outlet", "desk", "tag")
    ),
]


PERMISSIONS = {Role.READER: _READS, Role.EDITOR: _EDITS, Role.CHIEF: _LEADS}


def role_of(account: User) -> Role | None:
    """The account's role; None for one that may do nothing yet."""
    if account.is_superuser:
        return Role.ADMINISTRATOR
    held = {group.name for group in account.groups.all()}
    return next((role for role in reversed(Role) if role.value in held), None)


def signed_in(user: User | AnonymousUser) -> User:
    """The account behind a request. Raises `NotAllowedError` for nobody's."""
    if not isinstance(user, User):
        raise NotAllowedError(what=gettext_noop("do this"))
    return user


def require(actor: User, permission: str, *, what: str) -> None:
    """Raise `NotAllowedError` unless the actor holds the permission. `what` names the deed in words."""
    if not actor.has_perm(permission):
        raise NotAllowedError(what=what)
