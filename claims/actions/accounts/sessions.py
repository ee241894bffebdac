"""Sessions: where people are logged in, which they end themselves, or an administrator does."""

from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_noop

from claims.access import role_of
from claims.actions.accounts.managing import log_account, require_over
from claims.actions.base import action


def _to_end(*, actor: User, account: User, **_keywords: object) -> tuple[str, ...]:
    return () if actor == account else ("auth.change_user",)


@action(_to_end, what=gettext_noop("change accounts"))
def end_sessions(
    *, actor: User, account: User, only: int | None = None, keep: str | None = None
) -> int:
    """End sessions of an account at once: whoever uses them has to log in again.

    Args:
        actor: who ends them: the account itself, or an administrator.
        account: whose they are.
        only: the id of the only one to end; None for all.
        keep: the key of the session that goes on.

    Returns:
        How many there were.

    Raises:
        NotAllowedError: if the account is an administrator's and the actor is not one.
    """
    require_over(actor, account, role_of(account), own=True)
    found = UserSession.objects.filter(user=account).exclude(session_key=keep)
    if only is not None:
        found = found.filter(pk=only)
    number = end(found)
    if number:
        log_account(actor, account, CHANGE, f"sessions ended: {number}")
    return number


def end(sessions: QuerySet[UserSession]) -> int:
    """End some sessions. Returns how many there were, those that had run out among them."""
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    sessions.delete()
    return len(keys)


def of_ended_sessions() -> QuerySet[UserSession]:
    """Return what is kept of where sessions were used that have run out or were logged out."""
    going_on = Session.objects.filter(session_key=OuterRef("session_key"))
    found: QuerySet[UserSession] = UserSession.objects.filter(~Exists(going_on)).order_by("pk")
    return found
