"""The user's own account: logging in, and changing the password."""

import re
from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from math import ceil
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.access import signed_in
from claims.actions import change_password
from claims.actions.logins import wait_of
from claims.errors import BusyLoginsError
from claims.messages import message_of


def _told(wait: timedelta) -> str:
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

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Show the form with its errors, or how long a lockout lasts."""
        if not getattr(self.request, "axes_locked_out", False):
            return super().form_invalid(form)
        wait = wait_of(self.request, form.cleaned_data.get("username", ""))
        return self._refuse(_told(wait), status=429, seconds=max(1, ceil(wait.total_seconds())))

    def _refuse(self, message: str, *, status: int, seconds: int) -> HttpResponse:
        """Show the login page again, with the name as typed, the reason, and when to retry."""
        typed = {"username": self.request.POST.get("username", "")}
        form = self.get_form_class()(self.request, initial=typed)
        response = self.render_to_response(
            self.get_context_data(form=form, refusal=message), status=status
        )
        response["Retry-After"] = str(seconds)
        return response


class PasswordForm(PasswordChangeForm):
    """The old password and the new one. A wrong old one counts as a failed login."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old_password(self) -> str:
        """Check the old password like a login."""
        typed: str = self.cleaned_data["old_password"]
        try:
            found = authenticate(self.request, username=self.user.get_username(), password=typed)
        except BusyLoginsError as error:
            raise ValidationError(message_of(error)) from error
        if getattr(self.request, "axes_locked_out", False):
            raise ValidationError(_told(wait_of(self.request, self.user.get_username())))
        if found != self.user:
            raise ValidationError(self.error_messages["password_incorrect"])
        return typed


class ChangePassword(PasswordChangeView):
    """Change one's own password. This session stays; all others end."""

    success_url = reverse_lazy("home")
    form_class = PasswordForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Pass the request to the form too, because wrong passwords are counted by it."""
        return {**super().get_form_kwargs(), "request": self.request}

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Change it with the action."""
        actor = signed_in(self.request.user)
        change_password(actor=actor, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(self.request, actor)
        messages.success(self.request, _("Your password has been changed."))
        return super(PasswordChangeView, self).form_valid(form)


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
