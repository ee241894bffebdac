"""Who asks: the account behind a token, and what the token allows."""

from dataclasses import dataclass
from time import time
from typing import cast

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.core.cache import caches
from django.http import HttpRequest
from ninja.security import HttpBearer

from claims.actions.accounts.tokens import note_use
from claims.api.access import Need
from claims.api.errors import OAuthError, ProblemError
from claims.choices import TokenScope
from claims.errors import gettext_noop
from claims.models import AccessToken
from claims.models.accounts.tokens import PREFIX, digest_of
from claims.queries.accounts import lacks_second_factor

LASTS = 3600
"""Seconds that a token works which a system got by OAuth."""

_SALT = "claims.api.auth"


@dataclass(frozen=True, slots=True)
class Access:
    """A token in use.

    Attributes:
        token: the token, or the system's secret by which it was got.
        scopes: what it allows.
    """

    token: AccessToken
    scopes: frozenset[str]

    @property
    def user(self) -> User:
        """The account for which the program acts."""
        return self.token.owner


class Bearer(HttpBearer):
    """Checks the token of a request, its scope and its account's permissions, before anything is looked up.

    Args:
        need: what the operation needs.
    """

    def __init__(self, need: Need) -> None:
        super().__init__()
        self._need = need

    def authenticate(self, request: HttpRequest, token: str) -> Access | None:
        """Return the access that a token gives; None for one that does not work.

        Raises:
            ProblemError: if it does not allow this operation.
        """
        found = access_in(request, token)
        if found is not None:
            admit(request, found, self._need)
        return found


def admit(request: HttpRequest, access: Access, need: Need) -> None:
    """Let a request of a token do what it needs; each request is counted once.

    Raises:
        ProblemError: if the token does not allow it, its account must not do it, or it has sent too much.
    """
    asked = cast("_Asked", request)
    if getattr(asked, "is_admitted", False):
        return
    # Whatever the answer, no cache keeps it.
    asked.behind_login = True
    _count(access)
    if need.scope not in access.scopes:
        raise ProblemError(
            403,
            "insufficient-scope",
            gettext_noop("This token lacks the scope “%(scope)s”."),
            scope=need.scope.value,
        )
    if lacks_second_factor(access.user):
        raise ProblemError(
            403,
            "second-factor-required",
            gettext_noop("Your role needs a second factor. Set one up on the desk first."),
        )
    if not access.user.has_perms(need.permissions):
        raise ProblemError(
            403,
            "not-allowed",
            gettext_noop(
                "Your account is not allowed to do this. Ask an administrator for a different role."
            ),
        )
    # So that the history of records names the account.
    asked.user = access.user
    asked.is_admitted = True
    note_use(access.token)


def _count(access: Access) -> None:
    """Count a request of this minute. Each process of the server counts its own.

    Raises:
        ProblemError: if the token has sent too many.
    """
    minute, second = divmod(int(time()), 60)
    counts, key = caches["requests"], f"{access.token.digest}-{minute}"
    counts.add(key, 0, timeout=120)
    if counts.incr(key) > settings.API_REQUESTS_PER_MINUTE:
        raise ProblemError(
            429,
            "too-many-requests",
            gettext_noop("Too many requests. Wait before you send the next one."),
            headers={"Retry-After": str(60 - second)},
        )


class _Asked(HttpRequest):
    """A request with the access that its token gives, looked up once, and whether that was enough."""

    api_access: Access | None
    is_admitted: bool
    behind_login: bool


def access_in(request: HttpRequest, secret: str = "") -> Access | None:
    """Return the access that a request's token gives; None without a valid one.

    Args:
        request: the request.
        secret: its token, if it is known already.
    """
    asked = cast("_Asked", request)
    if not hasattr(asked, "api_access"):
        scheme, _, sent = request.headers.get("Authorization", "").partition(" ")
        secret = secret or (sent.strip() if scheme.lower() == "bearer" else "")
        asked.api_access = access_of(secret) if secret else None
    return asked.api_access


def access_of(secret: str) -> Access | None:
    """Return the access that a token gives; None if it is unknown, expired, revoked or of a closed account."""
    tokens = AccessToken.objects.valid().select_related("owner")
    if secret.startswith(PREFIX):
        token = tokens.filter(digest=digest_of(secret), client_id="").first()
        return Access(token, frozenset(token.scopes)) if token else None
    try:
        pk, scopes = signing.loads(secret, salt=_SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    token = tokens.filter(pk=pk).first()
    return Access(token, frozenset(scopes) & frozenset(token.scopes)) if token else None


def grant(client_id: str, client_secret: str, scope: str) -> tuple[str, list[str]] | None:
    """Return a token for an hour, with its scopes, for the credentials of a system; None if they are wrong.

    Args:
        client_id: the system's.
        client_secret: the system's.
        scope: the scopes that are wanted, separated by spaces; "" for all that the system has.

    Raises:
        OAuthError: if a scope is wanted that the system does not have.
    """
    tokens = AccessToken.objects.valid().exclude(client_id="")
    token = tokens.filter(client_id=client_id, digest=digest_of(client_secret)).first()
    if token is None:
        return None
    wanted = scope.split() or token.scopes
    if not set(wanted) <= set(token.scopes):
        raise OAuthError(
            400, "invalid_scope", gettext_noop("This system does not have all of these scopes.")
        )
    note_use(token)
    kept = [one.value for one in TokenScope if one in wanted]
    return signing.dumps([token.pk, kept], salt=_SALT, compress=True), kept
