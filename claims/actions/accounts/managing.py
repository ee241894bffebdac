"""Accounts and their roles."""

import secrets

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.utils.translation import gettext, gettext_noop

from claims.access import PERMISSIONS, Role, role_of
from claims.actions.accounts.tokens import revoke_all_tokens
from claims.actions.base import action
from claims.errors import InvalidValueError, NotAllowedError, NotPossibleError

WORKBENCH = "workbench"
"""The user name of the account in whose name the command line works."""


def sync_roles(*, using: str = DEFAULT_DB_ALIAS) -> None:
    """Give each role's group exactly the role's permissions. Runs after every migrate."""
    by_name = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.using(using).select_related("content_type")
    }
    for role, names in PERMISSIONS.items():
        group, _created = Group.objects.using(using).get_or_create(name=role.value)
        group.permissions.set([by_name[name] for name in names])


@action("auth.add_user", what=gettext_noop("create accounts"))
def create_account(
    *,
    actor: User,
    username: str,
    role: Role | None,
    first_name: str = "",
    last_name: str = "",
    email: str = "",
) -> tuple[User, str]:
    """Create an account with a generated password.

    Args:
        actor: who creates it.
        username: the login name.
        role: the account's role.
        first_name: the person's first name, for display.
        last_name: the person's last name, for display.
        email: the person's e-mail address.

    Returns:
        The account, and its password, which cannot be read later.

    Raises:
        InvalidValueError: if the name is not valid for a login, or is already taken.
        NotAllowedError: if the role is administrator and the actor is not one.
    """
    if username == WORKBENCH:
        raise InvalidValueError(why=gettext_noop("this name is reserved for the command line."))
    require_over(actor, None, role)
    account = User(username=username, first_name=first_name, last_name=last_name, email=email)
    password = _new_password(account)
    _save(account)
    _give(account, role)
    log_account(actor, account, ADDITION, f"role {_named(role)}")
    return account, password


@action("auth.change_user", what=gettext_noop("change accounts"))
def set_role(*, actor: User, account: User, role: Role | None) -> None:
    """Set an account's role and remove all its other permissions. It takes effect with the account's next request.

    Args:
        actor: who sets it.
        account: the account, which must not be the actor's own.
        role: the new role; None for no role.

    Raises:
        NotAllowedError: if the old or new role is administrator and the actor is not one.
        NotPossibleError: if the account is the actor's own, or reserved for the command line.
    """
    require_over(actor, account, role)
    _give(account, role)
    log_account(actor, account, CHANGE, f"role {_named(role)}")


@action("auth.change_user", what=gettext_noop("change accounts"))
def set_active(*, actor: User, account: User, active: bool) -> None:
    """Close an account, or open it again. Closing it ends its sessions at once.

    Raises the same errors as `set_role`.
    """
    require_over(actor, account, role_of(account))
    account.is_active = active
    account.save(update_fields=["is_active"])
    log_account(actor, account, CHANGE, "opened" if active else "closed")


@action("auth.change_user", what=gettext_noop("change accounts"))
def name_account(
    *, actor: User, account: User, first_name: str, last_name: str, email: str
) -> None:
    """Set a person's display name and e-mail address. Log entries keep the old name.

    Raises:
        InvalidValueError: if one of them is not valid.
        NotAllowedError: if the account is an administrator's and the actor is not one.
    """
    require_over(actor, account, role_of(account), own=True)
    account.first_name, account.last_name, account.email = first_name, last_name, email
    _save(account)
    log_account(actor, account, CHANGE, "name or e-mail")


@action("auth.change_user", what=gettext_noop("change accounts"))
def reset_password(*, actor: User, account: User) -> str:
    """Give an account a generated password. All its sessions end at once, and its access tokens are revoked.

    Returns:
        The password, which cannot be read later.

    Raises:
        NotAllowedError, NotPossibleError: as `set_role` does.
    """
    require_over(actor, account, role_of(account))
    password = _new_password(account)
    account.save(update_fields=["password"])
    revoke_all_tokens(account)
    log_account(actor, account, CHANGE, "new password")
    return password


@action(lambda **_keywords: (), what=gettext_noop("change your password"))
def change_password(*, actor: User, password: str) -> None:
    """Set the actor's own password. Their sessions elsewhere end.

    Raises:
        InvalidValueError: if it is too easy to guess.
    """
    try:
        validate_password(password, actor)
    except ValidationError as error:
        raise InvalidValueError(why=" ".join(error.messages)) from error
    actor.set_password(password)
    actor.save(update_fields=["password"])
    log_account(actor, actor, CHANGE, "own password")


def require_over(
    actor: User, account: User | None, role: Role | None, *, own: bool = False
) -> None:
    """Only administrators may create or change administrators.

    And nobody changes their own account, except with `own`.

    Raises:
        NotAllowedError, NotPossibleError: as `set_role` says.
    """
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


def log_account(actor: User, account: User, flag: int, message: str) -> None:
    """Write an entry about an account into the log of data entry."""
    LogEntry.objects.log_actions(
        actor.pk, [account], flag, change_message=message, single_object=True
    )


def workbench_account() -> User:
    """Return the account of the command line. Nobody can log in with it."""
    user, created = User.objects.get_or_create(
        username=WORKBENCH, defaults={"first_name": "Claim Workbench", "is_superuser": True}
    )
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
