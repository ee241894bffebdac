"""Logging in, and how long a lockout lasts."""

import re
from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from math import ceil
from typing import Any

from allauth.account.internal import flows
from allauth.account.models import Login as Pending
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import ngettext

from claims.actions.logins import wait_of
from claims.errors import BusyLoginsError
from claims.messages import message_of


def lockout_message(wait: timedelta) -> str:
    """Return the message about a lockout and its duration."""
    minutes = max(1, ceil(wait.total_seconds() / 60))
    return ngettext(
        "Too many wrong passwords. Try again in %(minutes)s minute, or ask an administrator to remove the lockout.",
        "Too many wrong passwords. Try again in %(minutes)s minutes, or ask an administrator to remove the lockout.",
        minutes,
    ) % {"minutes": minutes}


class Login(LoginView):
    """The login page, for both the main pages and data entry."""

    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Log in, or say why not."""
        try:
            return super().post(request, *args, **kwargs)
        except BusyLoginsError as error:
            return self._refuse(message_of(error), status=error.status, seconds=2)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way through the identity provider, if there is one, with where to go then; and the one by e-mail."""
        found = super().get_context_data(**kwargs)
        found["sends_mail"] = settings.SENDS_MAIL
        if settings.OIDC_ISSUER:
            provider = reverse("openid_connect_login")
            found["provider"] = f"{provider}?{urlencode({'next': self.get_success_url()})}"
            found["provider_name"] = settings.OIDC_NAME
        return found

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Begin the session, or ask for the second factor first."""
        login = Pending(user=form.get_user(), redirect_url=self.get_success_url())
        done: HttpResponse = flows.login.perform_password_login(self.request, {}, login)
        return done

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Show the form with its errors, or how long a lockout lasts."""
        if not getattr(self.request, "axes_locked_out", False):
            return super().form_invalid(form)
        wait = wait_of(self.request, form.cleaned_data.get("username", ""))
        return self._refuse(
            lockout_message(wait), status=429, seconds=max(1, ceil(wait.total_seconds()))
        )

    def _refuse(self, message: str, *, status: int, seconds: int) -> HttpResponse:
        """Show the login page again, with the name as typed, the reason, and when to retry."""
        typed = {"username": self.request.POST.get("username", "")}
        form = self.get_form_class()(self.request, initial=typed)
        response = self.render_to_response(
            self.get_context_data(form=form, refusal=message), status=status
        )
        response["Retry-After"] = str(seconds)
        return response


def address_of(request: HttpRequest) -> str | None:
    """Return the IP address that a login is counted for; None if it is unknown.

    Behind a proxy it is the last one in `X-Forwarded-For`, which the proxy itself added: anything before it comes
    from the browser and may be forged. An IPv6 address is reduced to its network, because its owner has any number
    of addresses.
    """
    told = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or told
    # Some proxies also write the port, and then an IPv6 address in brackets.
    with_port = re.fullmatch(r"\[(.*)\](?::\d+)?|([\d.]+):\d+", told)
    try:
        address = ip_address((with_port[1] or with_port[2]) if with_port else told)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or IPv6Address(int(address) >> 64 << 64))
    return str(address)
