"""Access tokens for the API: created, revoked, and checked when a program uses one."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from secrets import token_hex

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.choices import TokenScope
from claims.errors import InvalidValueError, NotAllowedError
from claims.models import AccessToken
from claims.models.accounts.tokens import BEGINNING, CLIENT_PREFIX, PREFIX, digest_of

MOST = 50
"""How many tokens that work an account may have."""

_LAST_YEAR = 9000
_NOTED_EVERY = timedelta(minutes=1)
_MAY = "claims.view_claim"


@action(_MAY, what=gettext_noop("create access tokens"))
def create_token(
    *,
    actor: User,
    owner: User,
    name: str,
    scopes: Collection[str],
    last_day: date | None = None,
    system: bool = False,
) -> tuple[AccessToken, str]:
    """Create a token. People create their own; an administrator creates one for any account.

    Args:
        actor: who creates it.
        owner: the account for which a program acts with it.
        name: what it is for.
        scopes: what it allows: `TokenScope` values.
        last_day: the last day on which it works; None for a token that works until it is revoked.
        system: whether it is for a system that signs in by OAuth.

    Returns:
        The token's record, and the token itself, which is stored nowhere.

    Raises:
        InvalidValueError: if it has no name or no scope, its last day is over, or the account has too many.
        NotAllowedError: if it is for somebody else and the actor is not an administrator.
    """
    _require_own(actor, owner)
    if not scopes or not set(scopes) <= set(TokenScope.values):
        raise InvalidValueError(why=_("choose at least one scope."))
    if last_day and last_day.year > _LAST_YEAR:
        raise InvalidValueError(why=_("the last day is too far away."))
    if last_day and last_day < timezone.localdate():
        raise InvalidValueError(why=_("the last day is in the past."))
    if AccessToken.objects.valid().filter(owner=owner).count() >= MOST:
        raise InvalidValueError(
            why=_("an account has at most %(most)d tokens. Revoke one that is no longer used.")
            % {"most": MOST}
        )
    secret = AccessToken.new_secret()
    token = AccessToken(
        owner=owner,
        name=" ".join(name.split()),
        beginning=secret[: len(PREFIX) + BEGINNING],
        digest=digest_of(secret),
        client_id=CLIENT_PREFIX + token_hex(12) if system else "",
        scopes=[scope.value for scope in TokenScope if scope in scopes],
        expires_at=_end_of(last_day) if last_day else None,
    )
    try:
        token.full_clean()
    except ValidationError as error:
        raise InvalidValueError(why=" ".join(error.messages)) from error
    token.save()
    LogEntry.objects.log_actions(actor.pk, [token], ADDITION, single_object=True)
    return token, secret


@action(_MAY, what=gettext_noop("revoke access tokens"))
def revoke_token(*, actor: User, token_id: int) -> AccessToken:
    """Revoke a token: it stops working at once. A second click does nothing.

    Raises:
        NotAllowedError: if it is somebody else's and the actor is not an administrator.
    """
    token = AccessToken.objects.select_for_update(of=("self",)).get(pk=token_id)
    _require_own(actor, token.owner)
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        LogEntry.objects.log_actions(
            actor.pk, [token], CHANGE, change_message="revoked", single_object=True
        )
    return token


def revoke_all_tokens(account: User) -> None:
    """Revoke all tokens of an account, so that none works again if the account is opened again. The caller logs it."""
    AccessToken.objects.filter(owner=account, revoked_at=None).update(revoked_at=timezone.now())


def note_use(token: AccessToken) -> None:
    """Note that a token has been used, at most once a minute."""
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > _NOTED_EVERY:
        AccessToken.objects.filter(pk=token.pk).update(last_used_at=now)


def _require_own(actor: User, owner: User) -> None:
    if actor.pk != owner.pk and not actor.is_superuser:
        raise NotAllowedError(what=gettext_noop("manage other people's access tokens"))


def _end_of(day: date) -> datetime:
    """Return the first moment after a day, in the installation's zone."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
