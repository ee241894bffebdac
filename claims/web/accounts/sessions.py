"""Ending one's own sessions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from claims.access import signed_in
from claims.actions import end_sessions


@require_POST
def end(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """End one session of one's own, or all but this one."""
    account = signed_in(request.user)
    number = end_sessions(actor=account, account=account, only=pk, keep=request.session.session_key)
    messages.success(request, ngettext("%d session ended.", "%d sessions ended.", number) % number)
    return redirect("account")
