"""The second factor: asked for at the login, set up, and removed. The views are django-allauth's, the pages our own."""

from math import ceil
from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.forms import ReauthenticateForm
from allauth.account.views import ReauthenticateView
from allauth.account.views._reauthenticate import BaseReauthenticateView
from allauth.core import context
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ConfirmByCodeForm
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as ConfirmByCodeView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.actions.logins import braked, wait_of
from claims.queries.accounts import second_factors
from claims.web.accounts.login import lockout_message
from claims.web.accounts.password import check_password


class _Code(BaseAuthenticateForm):
    """A code of an authenticator app, or a recovery code. Wrong ones are counted by the brake on logins."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("Code")
        code.widget = forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "inputmode": "numeric"}
        )

    def clean_code(self) -> str:
        """Check the code, unless there is a lockout."""
        request = context.request
        try:
            with braked(request, self.user):
                code: str = super().clean_code()
                _use_once(self.authenticator, code)
        except (PermissionDenied, ValidationError):
            if not request.axes_locked_out:
                raise
            wait = wait_of(request, self.user.get_username())
            raise ValidationError(lockout_message(wait)) from None
        return code


class CodeForm(_Code, AuthenticateForm):
    """The code at the login."""


class ConfirmCodeForm(_Code, ConfirmByCodeForm):
    """The code by which people confirm who they are."""


class ConfirmPasswordForm(ReauthenticateForm):
    """The password by which people confirm who they are."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "autofocus": True, "dir": "auto"}
        ),
    )

    def clean_password(self) -> str:
        """Check the password like a login."""
        typed: str = self.cleaned_data["password"]
        check_password(context.request, self.user, typed)
        return typed


def _use_once(authenticator: Authenticator, code: str) -> None:
    """Note the period of an app's code, and refuse it if this period or a later one has been used (RFC 6238, 5.2)."""
    if authenticator.type != Authenticator.Type.TOTP:
        return
    with transaction.atomic():
        locked = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        secret = decrypt(locked.data["secret"])
        fitting = (
            counter
            for counter in yield_hotp_counters_from_time()
            if compare_user_code(
                actual=code, expected=format_hotp_value(hotp_value(secret, counter))
            )
        )
        period = max(fitting, default=-1)
        if locked.data.get("period", -1) >= period:
            raise ValidationError(_("This code has been used. Wait for the next one."))
        locked.data["period"] = period
        locked.save(update_fields=["data"])


class SecondFactor(AuthenticateView):
    """The second step of the login."""

    template_name = "accounts/second_factor.html"
    form_class = CodeForm

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show the page again, and how long a lockout lasts."""
        response: HttpResponse = super().form_invalid(form)
        if getattr(self.request, "axes_locked_out", False):
            wait = wait_of(self.request, self.stage.login.user.get_username())
            response.status_code = 429
            response["Retry-After"] = str(max(1, ceil(wait.total_seconds())))
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which factors the account has."""
        found = super().get_context_data(**kwargs)
        types = {each.type for each in second_factors(self.stage.login.user)}
        return {
            **found,
            "has_app": Authenticator.Type.TOTP in types,
            "passkey_options": found["js_data"]["request_options"]
            if Authenticator.Type.WEBAUTHN in types
            else None,
        }


class _Confirm(BaseReauthenticateView):
    template_name = "accounts/confirm.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for nothing where there is nothing to ask for."""
        if not get_account_adapter().get_reauthentication_methods(request.user):
            return redirect("account")
        asked: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return asked


class ConfirmByPassword(_Confirm, ReauthenticateView):
    """Ask for the password again before second factors are changed."""

    form_class = ConfirmPasswordForm


class ConfirmByCode(_Confirm, ConfirmByCodeView):
    """Ask for a code again, where an account has no password."""

    form_class = ConfirmCodeForm


class SetUpApp(ActivateTOTPView):
    """Set up an authenticator app: its QR code, and a first code to prove that it works."""

    template_name = "accounts/app.html"

    def get_form(self, form_class: type[forms.Form] | None = None) -> forms.Form:
        """Return the form, with a field as at the login."""
        form: forms.Form = super().get_form(form_class)
        form.fields["code"].label = _("Code from the app")
        form.fields["code"].widget = forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}
        )
        return form

    def get_success_url(self) -> str:
        """The recovery codes, if they are new."""
        return _after_set_up(self)


class RemoveApp(DeactivateTOTPView):
    """Remove the authenticator app."""

    template_name = "accounts/remove.html"
    success_url = reverse_lazy("account")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Remove it."""
        response: HttpResponse = super().form_valid(form)
        messages.success(self.request, _("The authenticator app has been removed."))
        return response


class AddPasskey(AddWebAuthnView):
    """Add a passkey."""

    template_name = "accounts/passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the form that was sent, too, and what the browser needs."""
        # allauth's own leaves the sent form out, with what is wrong in it.
        found = super().get_context_data(**kwargs)
        return {**found, **kwargs, "passkey_options": found["js_data"]["creation_options"]}

    def get_success_url(self) -> str:
        """The recovery codes, if they are new."""
        return _after_set_up(self)


class RemovePasskey(RemoveWebAuthnView):
    """Remove a passkey."""

    template_name = "accounts/remove.html"
    success_url = reverse_lazy("account")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Remove it, unless it is the last second factor of somebody who must have one."""
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.object):
            form.add_error(None, adapter.validation_error("cannot_delete_authenticator"))
            refused: HttpResponse = self.form_invalid(form)
            return refused
        response: HttpResponse = super().form_valid(form)
        messages.success(self.request, _("The passkey has been removed."))
        return response


class RecoveryCodes(ViewRecoveryCodesView):
    """The recovery codes that have not been used."""

    template_name = "accounts/recovery_codes.html"


class NewRecoveryCodes(GenerateRecoveryCodesView):
    """Make new recovery codes. The old ones stop working."""

    template_name = "accounts/new_recovery_codes.html"


def _after_set_up(view: Any) -> str:
    return reverse("mfa_view_recovery_codes" if view.did_generate_recovery_codes else "account")
