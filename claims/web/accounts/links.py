"""Passwords by e-mail: asking for a link, and choosing a password with one."""

from math import ceil
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from claims.actions.accounts.links import TOKEN, account_of, choose_password, request_reset
from claims.actions.logins import count_failure, is_locked_out, wait_of
from claims.web.accounts.login import lockout_message


class AddressForm(forms.Form):
    """An e-mail address."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )


class ForgottenPassword(FormView[AddressForm]):
    """Ask for a link by e-mail. Each question counts like a wrong password, so that nobody sends many."""

    template_name = "accounts/forgotten_password.html"
    form_class = AddressForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse where no mail can be sent."""
        if not settings.SENDS_MAIL:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: AddressForm) -> HttpResponse:
        """Have it sent, and say the same whether somebody has this address or not."""
        address = form.cleaned_data["email"]
        if is_locked_out(self.request, address):
            wait = wait_of(self.request, address)
            form.add_error("email", lockout_message(wait))
            response = self.render_to_response(self.get_context_data(form=form), status=429)
            response["Retry-After"] = str(max(1, ceil(wait.total_seconds())))
            return response
        count_failure(self.request, address)
        page = self.request.build_absolute_uri(reverse("choose-password", args=[TOKEN]))
        request_reset(address=address, page=page, language=get_language() or "en")
        messages.success(
            self.request,
            _("If an account has this address, a link for a new password is on its way."),
        )
        return redirect("login")


@method_decorator(never_cache, name="dispatch")
class ChoosePassword(FormView[Any]):
    """Choose a password with a link from an e-mail."""

    template_name = "accounts/choose_password.html"
    form_class = SetPasswordForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say so if the link does not work any more."""
        self.account = account_of(kwargs["token"])
        if self.account is None:
            return render(request, "accounts/used_link.html", status=410)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Check the password against the account's name, too."""
        return {**super().get_form_kwargs(), "user": self.account}

    def form_valid(self, form: "SetPasswordForm[Any]") -> HttpResponse:
        """Set it, and lead to the login, where a second factor is asked for."""
        choose_password(token=self.kwargs["token"], password=form.cleaned_data["new_password1"])
        messages.success(self.request, _("Your password has been set. Log in with it."))
        return redirect("login")
