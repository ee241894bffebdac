"""Access checks, time zones and error pages."""

from collections.abc import Callable
from functools import cache
from typing import Any, cast
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import sync_only_middleware

from claims.errors import FilterNotUnderstoodError, WorkbenchError
from claims.queries.accounts import lacks_second_factor
from claims.queries.claims.names import refused, untracked
from claims.web.access import SETS_UP, Whom, is_met, need_of
from claims.web.site.errors import notice, problem
from claims.web.site.idle import keep
from claims.web.site.names import NAMES
from claims.web.site.requests import DeskRequest, View, asks_part

_POWERLESS = ", ".join(
    f"{power}=()"
    for power in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "hid",
        "idle-detection",
        "local-fonts",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "screen-wake-lock",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
)


class AccessMiddleware(LoginRequiredMiddleware):
    """Checks the table of addresses (`claims.web.access`) before a view looks anything up.

    If htmx requests a part of a page, the response is a notice beside the form instead of a login page in its
    place, so that what was typed stays and can be sent again after logging in.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: View,
        _view_args: Any,
        view_kwargs: dict[str, Any],
    ) -> Any:
        """Call the view for those who may use it; send others to the login, or refuse them.

        Raises:
            PermissionDenied: if the account may not use it, or the address has no entry in the
                table.
        """
        match = request.resolver_match
        need = need_of(match.view_name, view_kwargs) if match else None
        behind_login = need not in {Whom.EVERYBODY, Whom.TOKEN}
        cast("DeskRequest", request).behind_login = behind_login
        if behind_login and request.user.is_authenticated:
            keep(request)
        if behind_login and _is_of_another(request):
            return notice(request, "site/notices/other_account.html", status=401)
        if behind_login and match and match.view_name not in SETS_UP and _lacks(request):
            return self.lead_to_second_factor(request)
        if is_met(need, request.user):
            return None
        if not request.user.is_authenticated:
            return self.handle_no_permission(request, view_func)
        raise PermissionDenied

    def lead_to_second_factor(self, request: HttpRequest) -> HttpResponse:
        """Lead somebody who must have a second factor to where they set it up; a part of a page says so."""
        if asks_part(request):
            return notice(request, "site/notices/second_factor.html", status=403)
        return redirect("account")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        """Keep pages behind the login out of all caches, of proxies and of shared computers."""
        if getattr(request, "behind_login", False):
            response["Cache-Control"] = "no-store, private"
        return response

    def handle_no_permission(self, request: HttpRequest, view_func: View) -> Any:
        """Redirect a page to the login; for a fragment or a form, return 401 with what was typed.

        The address of a form shows nothing after the login, and the login issues a new token, so what was typed is
        shown for copying.
        """
        if asks_part(request):
            return notice(request, "site/notices/login_expired.html", status=401)
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        if request.resolver_match and request.resolver_match.view_name == "logout":
            return redirect_to_login(reverse("dashboard"))
        return render(request, "site/login_expired.html", {"typed": _typed(request)}, status=401)


def _lacks(request: HttpRequest) -> bool:
    """Return whether somebody has logged in who must set up a second factor first."""
    return isinstance(request.user, User) and lacks_second_factor(request.user)


def _is_of_another(request: HttpRequest) -> bool:
    """Return whether a verdict that a tab has kept for later was given by another account than the one logged in now."""
    giver = request.headers.get("Desk-Account")
    return giver is not None and request.user.is_authenticated and giver != str(request.user.pk)


def _typed(request: HttpRequest) -> list[str]:
    """Return what was typed into a form: its values with words, not those that only tick something."""
    values = (value.strip() for name in request.POST for value in request.POST.getlist(name))
    return [value for value in values if " " in value or "\n" in value or "://" in value]


@sync_only_middleware
class PermissionsPolicyMiddleware:
    """Disables browser features that no page needs, so that no injected script can use them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle the request, and add the policy to the response."""
        response = self.get_response(request)
        response["Permissions-Policy"] = _POWERLESS
        return response


@sync_only_middleware
class SharedPagesMiddleware:
    """Removes cookies from pages that shared caches may keep, which depend on their address alone.

    Otherwise, the answer to a reader whose login has expired would delete the login cookie of everyone who gets the cached copy.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle the request, and take from a page for everybody what is of one reader."""
        response = self.get_response(request)
        if "public" in response.get("Cache-Control", ""):
            response.cookies.clear()
            response.headers.pop("Vary", None)
        return response


@sync_only_middleware
class ReaderZoneMiddleware:
    """Shows times in the reader's zone, which the browser sends in a cookie (`components/time-zone.js`).

    Without a valid one, the installation's zone is used. Stored and exported times are in UTC for everyone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle the request in that zone."""
        zone = request.COOKIES.get("zone", "")
        with timezone.override(ZoneInfo(zone) if zone in _zones() else None):
            return self.get_response(request)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


@sync_only_middleware
class WorkbenchErrorMiddleware:
    """Turns an uncaught `WorkbenchError` into its page, with the error's status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the error's page, or None for other errors."""
        return problem(request, error) if isinstance(error, WorkbenchError) else None


@sync_only_middleware
class KnownNamesMiddleware:
    """Refuses a list's address with an unknown parameter, which might be a mistyped filter."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: View, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Return the refusal, with the most similar name; or None if all names are known."""
        known = NAMES.get(request.resolver_match.view_name) if request.resolver_match else None
        wrong = [] if known is None else refused(untracked(request.GET), known)
        return problem(request, FilterNotUnderstoodError(why=wrong[0])) if wrong else None
