"""Accounts and what they may do."""

import secrets

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.utils.translation import gettext, gettext_noop

from claims.access import PERMISSIONS, Role, role_of
from claims.actions.base import action
from claims.errors import InvalidValueError, NotAllowedError, NotPossibleError

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


@action("auth.add_user", what=gettext_noop("create accounts"))
def make_account(
    *,
    actor: User,
    username: str,
    role: Role | None,
    first_name: str = "",
    last_name: str = "",
    email: str = "",
) -> tuple[User, str]:
    """Make an account with a generated password.

    Args:
        actor: who makes it.
        username: the name to log in with.
        role: what the account may do.
        first_name: how the desk calls the person.
        last_name: the same.
        email: where the person is reached.

    Returns:
        The account, and its password: this is the only time that it can be read.

    Raises:
        InvalidValueError: if nobody can log in with such a name, or someone does already.
        NotAllowedError: if it is to be an administrator's, and the actor is none.
    """
    if username == WORKBENCH:
        raise InvalidValueError(why=gettext_noop("this name is reserved for the command line."))
    _require_over(actor, None, role)
    account = User(username=username, first_name=first_name, last_name=last_name, email=email)
    password = _new_password(account)
    _save(account)
    _give(account, role)
    _log(actor, account, ADDITION, f"role {_named(role)}")
    return account, password


@action("auth.change_user", what=gettext_noop("change accounts"))
def set_role(*, actor: User, account: User, role: Role | None) -> None:
    """Give an account a role, and take away whatever else it holds. It counts from the account's next click on.

    Args:
        actor: who gives it.
        account: of someone else.
        role: what the account may do; None for nothing.

    Raises:
        NotAllowedError: if it is, or was, an administrator's, and the actor is none.
        NotPossibleError: if the account is the actor's own, or the command line's.
    """
    _require_over(actor, account, role)
    _give(account, role)
    _log(actor, account, CHANGE, f"role {_named(role)}")


@action("auth.change_user", what=gettext_noop("change accounts"))
def set_active(*, actor: User, account: User, active: bool) -> None:
    """Close an account, or open it again. Whoever is logged in with it is out at once. Raises as `set_role` does."""
    _require_over(actor, account, role_of(account))
    account.is_active = active
    account.save(update_fields=["is_active"])
    _log(actor, account, CHANGE, "opened" if active else "closed")


@action("auth.change_user", what=gettext_noop("change accounts"))
def name_account(
    *, actor: User, account: User, first_name: str, last_name: str, email: str
) -> None:
    """Say how the desk calls the person, and where they are reached. What was logged keeps the old name.

    Raises:
        InvalidValueError: if one of them cannot be kept.
        NotAllowedError: if it is an administrator's account, and the actor is none.
    """
    _require_over(actor, account, role_of(account), own=True)
    account.first_name, account.last_name, account.email = first_name, last_name, email
    _save(account)
    _log(actor, account, CHANGE, "name or e-mail")


@action("auth.change_user", what=gettext_noop("change accounts"))
def reset_password(*, actor: User, account: User) -> str:
    """Give an account a generated password. Whoever is logged in with the old one is out at once.

    Returns:
        The password: this is the only time that it can be read.

    Raises:
        NotAllowedError, NotPossibleError: as `set_role` does.
    """
    _require_over(actor, account, role_of(account))
    password = _new_password(account)
    account.save(update_fields=["password"])
    _log(actor, account, CHANGE, "new password")
    return password


@action(lambda **_keywords: (), what=gettext_noop("change your password"))
def change_password(*, actor: User, password: str) -> None:
    """Set one's own password. Whoever is logged in with the old one elsewhere is out.

    Raises:
        InvalidValueError: if it is too easy to guess.
    """
    try:
        validate_password(password, actor)
    except ValidationError as error:
        raise InvalidValueError(why=" ".join(error.messages)) from error
    actor.set_password(password)
    actor.save(update_fields=["password"])
    _log(actor, actor, CHANGE, "own password")


def _require_over(
    actor: User, account: User | None, role: Role | None, *, own: bool = False
) -> None:
    """Who is no administrator makes and changes none; and nobody changes what they are themselves, `own` aside."""
    if not actor.is_superuser and Role.ADMINISTRATOR in {role, account and role_of(account)}:
        raise NotAllowedError(what=gettext_noop("create or change administrators"))
    if account is not None and account.username == WORKBENCH:
        raise NotPossibleError(why=gettext("this account is reserved for the command line."))
    if account == actor and not own:
        raise NotPossibleError(why=gettext("this is your own account. Someone else has to do it."))


def _give(account: User, role: Role | None) -> None:
    account.is_staff = role is not None
    account.is_superuser = role == Role.ADMINISTRATOR
    account.save(update_fields=["is_staff", "is_superuser"])
    account.user_permissions.clear()
    account.groups.set([Group.objects.get(name=role.value)] if role in PERMISSIONS else [])


def _named(role: Role | None) -> str:
    return "none" if role is None else role.value


def _new_password(account: User) -> str:
    password = secrets.token_urlsafe(12)
    account.set_password(password)
    return password


def _save(account: User) -> None:
    try:
        account.full_clean(exclude={"password"})
    except ValidationError as error:
        raise InvalidValueError(why=" ".join(error.messages)) from error
    account.save()


def _log(actor: User, account: User, flag: int, message: str) -> None:
    LogEntry.objects.log_actions(
        actor.pk, [account], flag, change_message=message, single_object=True
    )


def workbench_account() -> User:
    """The account in whose name the command line works. Nobody can log in with it."""
    user, created = User.objects.get_or_create(
        username=WORKBENCH, defaults={"first_name": "Claim Workbench", "is_superuser": True}
    )
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
