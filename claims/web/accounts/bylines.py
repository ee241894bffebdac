"""The page on which people agree to be named in public, and withdraw that."""

from contextlib import suppress
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from claims.access import signed_in
from claims.actions import agree_to_byline, withdraw_byline
from claims.errors import InvalidValueError, NotPossibleError
from claims.messages import message_of
from claims.models import Byline
from claims.queries.accounts import display_name


class BylineForm(forms.Form):
    """How somebody wants to be named."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=150,
        help_text=gettext_lazy("As readers are to see it."),
    )
    about = forms.CharField(
        label=gettext_lazy("About you"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "A line for readers, such as “Reads court files. Twelve years at the desk.”"
        ),
    )


@require_http_methods(["GET", "POST"])
def byline(request: HttpRequest) -> HttpResponse:
    """Say what agreeing means, and agree or change the name."""
    actor = signed_in(request.user)
    agreed = Byline.objects.filter(person=actor).first()
    status = HTTPStatus.OK
    if request.method == "POST":
        form = BylineForm(request.POST, label_suffix="")
        if form.is_valid():
            try:
                agree_to_byline(actor=actor, **form.cleaned_data)
            except InvalidValueError as error:
                form.add_error(None, message_of(error))
            else:
                messages.success(request, _("You are named on public pages from now on."))
                return redirect("account")
        status = HTTPStatus.BAD_REQUEST
    else:
        about = agreed.about if agreed else ""
        initial = {"name": agreed.name if agreed else display_name(actor), "about": about}
        form = BylineForm(initial=initial, label_suffix="")
    context = {"form": form, "agreed": agreed}
    return render(request, "accounts/bylines/byline.html", context, status=status)


@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Withdraw it. A second click does nothing."""
    with suppress(NotPossibleError):
        withdraw_byline(actor=signed_in(request.user))
    messages.success(request, _("Public pages do not name you any more."))
    return redirect("account")
