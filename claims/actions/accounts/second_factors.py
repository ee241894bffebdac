"""Second factors: what people prove at the login besides their password. django-allauth keeps them."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.admin.models import CHANGE
from django.contrib.auth.models import User
from django.utils.translation import gettext, gettext_noop

from claims.access import role_of
from claims.actions.accounts.managing import log_account, require_over
from claims.actions.base import action
from claims.errors import NotPossibleError


@action("auth.change_user", what=gettext_noop("change accounts"))
def remove_second_factor(*, actor: User, account: User) -> None:
    """Take all second factors from an account whose owner has lost them, the recovery codes too.

    Until there is a new one, the password alone logs in; whoever must have one sets it up right after.

    Raises:
        NotAllowedError: if the account is an administrator's and the actor is not one.
        NotPossibleError: if the account is the actor's own, or has no second factor.
    """
    require_over(actor, account, role_of(account))
    removed, _by_model = Authenticator.objects.filter(user=account).delete()
    if not removed:
        raise NotPossibleError(why=gettext("this account has no second factor."))
    log_account(actor, account, CHANGE, "second factor removed")


def log_own_changes() -> None:
    """Let every change that people make to their own second factors be logged."""
    for signal, done in (
        (authenticator_added, "added"),
        (authenticator_removed, "removed"),
        (authenticator_reset, "made anew"),
    ):
        signal.connect(_logger(done), weak=False, dispatch_uid=f"claims.second_factor_{done}")


def _logger(done: str) -> Any:
    def log(user: User, authenticator: Authenticator, **_signal: Any) -> None:
        log_account(user, user, CHANGE, f"own second factor {done}: {authenticator.type}")

    return log
