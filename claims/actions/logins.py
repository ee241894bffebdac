"""Logins and their lockouts: after too many wrong passwords or codes, none is checked for a while.

django-axes counts the failures; the limits are set here. Checking a password is slow on purpose, so a login that is
locked out is refused before that, and few passwords are checked at the same time.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import BoundedSemaphore
from typing import Any, cast

from axes.backends import AxesStandaloneBackend
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessLog
from django.conf import settings
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.models import Permission, User
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max, Q, QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.errors import BusyLoginsError
from claims.models import LoginBrake
from claims.models.base.prepared import Prepared

PER_ADDRESS = 20
"""How many wrong passwords may come from one address, for accounts that have never logged in from there."""
PER_ACCOUNT = 50
"""How many wrong passwords an account may get from everywhere, before it opens only from where it logged in before."""
AT_HOME = timedelta(days=30)
"""How long an account is at home where it logged in; if logins are kept for as long."""

_looking = BoundedSemaphore(1)
"""One password at a time in each process of the server: it takes a processor, and the others are for the desk."""
_log = logging.getLogger(__name__)


class _Request(HttpRequest):
    """A request to log in, with what django-axes notes on it before it asks the brake."""

    axes_locked_out: bool
    axes_ip_address: str


class Argon2(Argon2PasswordHasher):
    """Argon2id with OWASP's minimum parameters: a tenth of the time of Django's, so that logins are cheap."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1


class Backend(AxesStandaloneBackend, ModelBackend):  # type: ignore[misc]  # its package has no types
    """Asks the brake, then looks at the password."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_kwargs: Any,
    ) -> Any:
        """Return the account with that name and password, or None.

        Raises:
            PermissionDenied: if the login is locked out; the password is not checked.
            BusyLoginsError: if other passwords are being checked.
        """
        if username is None or password is None:
            return None
        if request is not None:  # the command line has none, and nobody guesses passwords there
            AxesStandaloneBackend.authenticate(self, request, username, password)
        with _one_at_a_time():
            return ModelBackend.authenticate(self, request, username, password)

    def get_user(self, user_id: int) -> User | None:
        """Return the account that a session names, or None if it is closed or gone."""
        found = _ACCOUNT.first(user_id)
        return found if found and self.user_can_authenticate(found) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Return what an account may do, of its own and by its groups, read once for each request."""
        may_act = user_obj.is_active and not user_obj.is_anonymous and not user_obj.is_superuser
        if may_act and obj is None and not hasattr(user_obj, "_perm_cache"):
            found = _PERMISSIONS.all(user_obj.pk)
            # Where Django itself keeps them for the request.
            user_obj._perm_cache = {f"{app}.{codename}" for app, codename in found}
        permissions: set[str] = super().get_all_permissions(user_obj, obj)
        return permissions


def _permissions(account: int) -> "QuerySet[Permission, tuple[str, str]]":
    own, of_groups = (
        Permission.objects.filter(**{name: account})
        .order_by()
        .values_list("content_type__app_label", "codename")
        for name in ("user", "group__user")
    )
    return own.union(of_groups)


_ACCOUNT = Prepared(lambda pk: User.objects.filter(pk=pk))
_PERMISSIONS = Prepared(_permissions)


class Brake(AxesDatabaseHandler):  # type: ignore[misc]  # its package has no types
    """Says how many failures are too many.

    Five for one account from one address, always. Twenty from one address, and fifty for one account, except for an
    account that is known at that address: a newsroom behind one address is not locked out by a colleague, nor a
    chief editor by someone guessing elsewhere.
    """

    def get_failures(
        self, request: HttpRequest, credentials: Mapping[str, Any] | None = None
    ) -> int:
        """Return the number of failures, on the scale of `AXES_FAILURE_LIMIT`, which is the limit of the pair."""
        limit = int(settings.AXES_FAILURE_LIMIT)
        return max(
            (found.aggregate(sum=Sum("failures_since_start"))["sum"] or 0) * limit // most
            for most, found in self._counted(request, credentials)
        )

    def wait(self, request: HttpRequest, credentials: Mapping[str, Any]) -> timedelta:
        """Return how long the lockout lasts; zero if there is none."""
        ends: list[datetime] = [
            found.aggregate(last=Max("attempt_time"))["last"] + settings.AXES_COOLOFF_TIME
            for most, found in self._counted(request, credentials)
            if (found.aggregate(sum=Sum("failures_since_start"))["sum"] or 0) >= most
        ]
        wait: timedelta = max([timedelta(0), *(end - timezone.now() for end in ends)])
        return wait

    def user_login_failed(
        self,
        sender: Any,
        credentials: dict[str, Any],
        request: _Request | None = None,
        **kwargs: Any,
    ) -> None:
        """Count a failure, and log it without the name that was typed, which may be a password by mistake."""
        if request is None:
            return
        was_locked = request.axes_locked_out
        super().user_login_failed(sender, credentials, request, **kwargs)
        locked = request.axes_locked_out
        if was_locked:
            said = "A login was refused without checking the password, after too many wrong ones"
        elif locked:
            said = "A login failed, and further attempts are locked out for now"
        else:
            said = "A login failed"
        account = _accounts(request).get(str(credentials.get("username")), (None, ""))[0]
        _log.log(
            # There may be any number of refused attempts.
            logging.INFO if was_locked else logging.WARNING,
            "%s: account %s from %s",
            said,
            account or "unknown",
            request.axes_ip_address,
        )

    def user_logged_in(self, sender: Any, request: _Request, user: User, **kwargs: Any) -> None:
        """Remember where the account is at home, and forget its failures there."""
        super().user_logged_in(sender, request, user, **kwargs)
        address = request.axes_ip_address
        LoginBrake.objects.filter(username=user.get_username(), ip_address=address).delete()

    def _counted(
        self, request: Any, credentials: Mapping[str, Any] | None
    ) -> Iterator[tuple[int, QuerySet[LoginBrake]]]:
        """Return what counts against this login, with its limits."""
        name, address = kept_name(request, credentials), request.axes_ip_address
        recent = LoginBrake.objects.filter(
            attempt_time__gt=request.axes_attempt_time - settings.AXES_COOLOFF_TIME
        )
        yield settings.AXES_FAILURE_LIMIT, recent.filter(username=name, ip_address=address)
        at_home = AccessLog.objects.filter(
            ip_address=address, attempt_time__gt=request.axes_attempt_time - AT_HOME
        ).values("username")
        if address and at_home.filter(username=name).exists():
            return
        yield PER_ACCOUNT, recent.filter(username=name)
        if address:
            yield PER_ADDRESS, recent.filter(ip_address=address).exclude(username__in=at_home)


def kept_name(request: Any, credentials: Mapping[str, Any] | None) -> str:
    """Return the name that a login is counted under: an account's own, or else a digest, as it may be a password."""
    typed = str((credentials or request.POST).get("username") or "")
    found = _accounts(request)
    if typed not in found:
        account = User.objects.filter(username=typed).values_list("pk", "username").first()
        digest = salted_hmac("claims.actions.logins", typed, algorithm="sha256").hexdigest()
        found[typed] = account or (None, f"? {digest[:12]}")
    return found[typed][1]


def wait_of(request: HttpRequest, username: str) -> timedelta:
    """Return for how long nobody can log in with this request and name: zero, or some minutes."""
    AxesProxyHandler.update_request(request)
    return Brake().wait(request, {"username": username})


@contextmanager
def braked(request: HttpRequest, account: User) -> Iterator[None]:
    """Check inside what else proves who somebody is, such as a code. What is wrong counts like a wrong password.

    Args:
        request: where it was typed; `axes_locked_out` of it says afterwards whether there is a lockout.
        account: who they say they are.

    Raises:
        PermissionDenied: if there is a lockout; nothing is checked.
        ValidationError: as it is raised inside, after it has been counted.
    """
    name = account.get_username()
    if is_locked_out(request, name):
        count_failure(request, name)
        raise PermissionDenied
    try:
        yield
    except ValidationError:
        count_failure(request, name)
        raise


def is_locked_out(request: HttpRequest, name: str) -> bool:
    """Return whether there is a lockout for a name from where a request comes, and note it on the request."""
    locked = not AxesProxyHandler.is_allowed(request, {"username": name})
    if locked:
        cast("_Request", request).axes_locked_out = True
    return locked


def count_failure(request: HttpRequest, name: str) -> None:
    """Count something that nobody may do often, like a wrong password for a name."""
    user_login_failed.send(sender=__name__, credentials={"username": name}, request=request)


@action("claims.delete_loginbrake", what=gettext_noop("remove login lockouts"))
def let_in(*, actor: User, brakes: QuerySet[LoginBrake]) -> int:
    """Remove lockouts by forgetting their wrong passwords.

    Args:
        actor: who removes them.
        brakes: the lockouts; everything counted for the same accounts and addresses is forgotten too.

    Returns:
        How many lockouts were removed.
    """
    chosen = list(brakes)
    accounts = {each.username for each in chosen}
    addresses = {each.ip_address for each in chosen}
    found = LoginBrake.objects.filter(Q(username__in=accounts) | Q(ip_address__in=addresses))
    gone = list(found)
    LogEntry.objects.log_actions(actor.pk, gone, DELETION)
    found.delete()
    _log.warning(
        "Account %s removed login lockouts: %s", actor.pk, ", ".join(sorted(map(str, addresses)))
    )
    return len(gone)


def _accounts(request: Any) -> dict[str, tuple[int | None, str]]:
    """Return the accounts whose names were typed in a request: the account's id and the stored name."""
    found: dict[str, tuple[int | None, str]] = request.__dict__.setdefault("names_typed", {})
    return found


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if not _looking.acquire(blocking=False):
        raise BusyLoginsError
    try:
        yield
    finally:
        _looking.release()
