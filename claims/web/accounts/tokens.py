"""The page of one's own access tokens for the API."""

from http import HTTPStatus

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from claims.access import signed_in
from claims.actions import create_token
from claims.actions import revoke_token as revoke
from claims.choices import TokenScope
from claims.errors import InvalidValueError
from claims.messages import message_of
from claims.models import AccessToken

_SHOWN = 100
"""How many tokens are listed, the newest first."""


class TokenForm(forms.Form):
    """A new token."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        help_text=gettext_lazy("What it is for, such as “website”."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("Allows"),
        choices=TokenScope.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[TokenScope.READ],
    )
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("If empty, it works until you revoke it."),
    )
    system = forms.BooleanField(
        label=gettext_lazy("For a system that signs in by OAuth 2.0 (client credentials)"),
        required=False,
    )

    def __init__(self, data: object = None) -> None:
        super().__init__(data, label_suffix="")  # type: ignore[arg-type]  # what a form was sent


@require_http_methods(["GET", "POST"])
@reauthentication_required
def tokens(request: HttpRequest) -> HttpResponse:
    """List one's own tokens, and create one, which is shown this once."""
    owner = signed_in(request.user)
    form = TokenForm(request.POST or None)
    context: dict[str, object] = {"form": form}
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.BAD_REQUEST
        if form.is_valid():
            try:
                made, secret = create_token(actor=owner, owner=owner, **form.cleaned_data)
            except InvalidValueError as error:
                form.add_error(None, message_of(error))
            else:
                context = {"form": TokenForm(), "made": made, "secret": secret}
                status = HTTPStatus.CREATED
    context["tokens"] = AccessToken.objects.filter(owner=owner)[:_SHOWN]
    return render(request, "accounts/tokens.html", context, status=status)


@require_POST
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke one of one's own tokens."""
    owner = signed_in(request.user)
    found = get_object_or_404(AccessToken, pk=pk, owner=owner)
    revoke(actor=owner, token_id=found.pk)
    messages.success(request, _("The token “%(name)s” is revoked.") % {"name": found.name})
    return redirect("tokens")
