"""Roles and their permissions."""

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from claims.errors import NotAllowedError


class Role(models.TextChoices):
    """The role of an account: one of these, or none. Each role includes the permissions of the one before.

    An administrator is a Django superuser; each of the other roles is a group.
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
            "secondcheck",
            "change",
            "changedclaim",
            "comment",
            "outlet",
            "desk",
            "tag",
            "bulkchange",
            "report",
            "snapshot",
            "reportedclaim",
            "correction",
            "feed",
            "claimmatch",
            "externalsource",
            "externalcheck",
            "externalmatch",
            "claimgroup",
            "reasontemplate",
            "publiclanguage",
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
    # Removed evidence is kept and can be restored, so removing it is as much an editor's work as
    # adding it.
    "claims.delete_evidence",
]


# Only administrators manage accounts, because in Django anyone who may change accounts can become a
# superuser.
_LEADS = [
    *_EDITS,
    "claims.change_article",
    "claims.publish_report",
    "claims.add_feed",
    "claims.change_feed",
    "claims.delete_feed",
    "claims.add_externalsource",
    "claims.change_externalsource",
    "claims.delete_externalsource",
    "claims.view_intakeitem",
    "claims.view_mailbox",
    "claims.view_mail",
    "claims.change_mail",
    "claims.view_mailedarticle",
    "claims.view_newsroom",
    "claims.change_newsroom",
    "claims.add_reasontemplate",
    "claims.change_reasontemplate",
    "claims.delete_reasontemplate",
    "claims.add_publiclanguage",
    "claims.change_publiclanguage",
    "claims.delete_publiclanguage",
    "claims.view_task",
    "claims.change_task",
    *(
        f"claims.delete_{model}"
        for model in ("article", "source", "alias", "outlet", "desk", "tag")
    ),
]


PERMISSIONS = {Role.READER: _READS, Role.EDITOR: _EDITS, Role.CHIEF: _LEADS}


def role_of(account: User) -> Role | None:
    """Return the account's role; None for an account without one."""
    if account.is_superuser:
        return Role.ADMINISTRATOR
    held = {group.name for group in account.groups.all()}
    return next((role for role in reversed(Role) if role.value in held), None)


def signed_in(user: User | AnonymousUser) -> User:
    """Return the account behind a request. Raises `NotAllowedError` if nobody is logged in."""
    if not isinstance(user, User):
        raise NotAllowedError(what=gettext_noop("do this"))
    return user


def require(actor: User, permission: str, *, what: str) -> None:
    """Raise `NotAllowedError` unless the actor has the permission. `what` is the action in words."""
    if not actor.has_perm(permission):
        raise NotAllowedError(what=what)
