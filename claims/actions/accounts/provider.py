"""Logging in through the newsroom's identity provider (OpenID Connect): whose account it is, and in which role."""

from collections.abc import Collection
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.admin.models import CHANGE
from django.contrib.auth.models import User
from django.utils.translation import gettext

from claims.access import Role, role_of
from claims.actions.accounts.managing import (
    WORKBENCH,
    create_account,
    log_account,
    set_role,
    workbench_account,
)
from claims.actions.base import transaction_of_action
from claims.errors import NotPossibleError


@dataclass(frozen=True)
class Person:
    """Somebody as the provider describes them.

    Attributes:
        username: what they are called there (the claim `preferred_username`); "" if it does not say.
        email: their address; "" unless the provider has verified it.
        groups: the groups that they are in; None if the provider does not say.
    """

    username: str
    first_name: str
    last_name: str
    email: str
    groups: Collection[str] | None


def admit(*, person: Person, account: User | None) -> User:
    """Find or create the account of somebody who logs in through the provider, and give it the role of their groups.

    Without `OIDC_ROLES`, roles are given here alone, and nobody gets an account. In the log, the command line's account does it.

    Args:
        person: as the provider describes them.
        account: the account with which they logged in before; None at the first time.

    Returns:
        The account: that one, or else the only one with the same e-mail address that nobody uses through the provider, or a
        new one.

    Raises:
        NotPossibleError: if the provider does not say the groups, the account is closed, or there is none and no role for one.
    """
    mapped = {group: Role(role) for group, role in settings.OIDC_ROLES.items()}
    if mapped and person.groups is None:
        raise NotPossibleError(why=gettext("the provider did not say which groups you are in."))
    held = {mapped[group] for group in person.groups or () if group in mapped}
    role = next((each for each in reversed(Role) if each in held), None)
    actor = workbench_account()
    with transaction_of_action():
        account = account or _with_address(person.email)
        if account is None:
            if role is None:
                raise NotPossibleError(
                    why=gettext("you have no account here, and no role for one.")
                )
            account = _create(actor, person, role)
        elif mapped and role_of(account) != role:
            set_role(actor=actor, account=account, role=role)
        if settings.OIDC_REPLACES_PASSWORDS and account.has_usable_password():
            _end_password(account)
            log_account(actor, account, CHANGE, "password replaced by the identity provider")
    if not account.is_active:
        raise NotPossibleError(why=gettext("your account here is closed."))
    return account


def _with_address(email: str) -> User | None:
    if not email:
        return None
    free = User.objects.exclude(username=WORKBENCH).filter(socialaccount=None)
    found = list(free.filter(email__iexact=email).order_by("pk")[:2])
    return found[0] if len(found) == 1 else None


def _create(actor: User, person: Person, role: Role) -> User:
    wishes = [person.username, person.email.partition("@")[0], person.first_name, "user"]
    account, _password = create_account(
        actor=actor,
        username=get_adapter().generate_unique_username(wishes),
        role=role,
        first_name=person.first_name,
        last_name=person.last_name,
        email=person.email,
    )
    _end_password(account)
    return account


def _end_password(account: User) -> None:
    account.set_unusable_password()
    account.save(update_fields=["password"])
