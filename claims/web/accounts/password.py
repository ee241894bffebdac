"""The page on which people change their own password."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import authenticate, update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from claims.access import signed_in
from claims.actions import change_password
from claims.actions.logins import wait_of
from claims.errors import BusyLoginsError
from claims.messages import message_of
from claims.web.accounts.login import lockout_message


def check_password(request: HttpRequest, account: User, typed: str) -> None:
    """Check the password of somebody who has logged in. A wrong one counts as a failed login.

    Raises:
        ValidationError: if it is wrong, or is not checked because of a lockout or because others are being checked.
    """
    try:
        found = authenticate(request, username=account.get_username(), password=typed)
    except BusyLoginsError as error:
        raise ValidationError(message_of(error)) from error
    if getattr(request, "axes_locked_out", False):
        raise ValidationError(lockout_message(wait_of(request, account.get_username())))
    if found != account:
        raise ValidationError(PasswordChangeForm.error_messages["password_incorrect"])


class PasswordForm(PasswordChangeForm):
    """The old password and the new one. A wrong old one counts as a failed login."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old_password(self) -> str:
        """Check the old password like a login."""
        typed: str = self.cleaned_data["old_password"]
        check_password(self.request, self.user, typed)
        return typed


class ChangePassword(PasswordChangeView):
    """Change one's own password. This session stays; all others end."""

    success_url = reverse_lazy("account")
    form_class = PasswordForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Pass the request to the form too, because wrong passwords are counted by it."""
        return {**super().get_form_kwargs(), "request": self.request}

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Change it with the action."""
        actor = signed_in(self.request.user)
        change_password(actor=actor, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(self.request, actor)
        UserSession.objects.create_from_request(self.request)
        messages.success(self.request, _("Your password has been changed."))
        return super(PasswordChangeView, self).form_valid(form)
