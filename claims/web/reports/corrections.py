"""Corrections of published reports."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from claims.access import signed_in
from claims.actions import publish_correction
from claims.errors import InvalidValueError, LookAgainError, NotPossibleError
from claims.messages import message_of
from claims.models import Correction
from claims.queries.reports.corrections import notice_of
from claims.web.components.paging import page_of
from claims.web.reports.views import number_of


@require_GET
def corrections(request: HttpRequest) -> HttpResponse:
    """List the corrections to publish, and those already published."""
    told = "told" in request.GET
    rows = Correction.objects.known_to(request.user).filter(published_at__isnull=not told)
    rows = rows.select_related("reported__report", "reported__claim", "decision")
    rows = rows.defer("reported__report__claim_ids", "decision__evidence")
    context = {"page": page_of(request, rows, by="-id"), "told": told}
    return render(request, "reports/corrections.html", context)


def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the drafted notice of a correction, to be reworded and published."""
    rows = Correction.objects.known_to(request.user).select_related(
        "reported__report", "reported__claim", "decision"
    )
    found = get_object_or_404(rows, pk=pk)
    message, status = "", HTTPStatus.OK
    notice = request.POST.get("notice", found.notice or notice_of(found))
    if request.method == "POST":
        try:
            publish_correction(
                actor=signed_in(request.user),
                correction_id=pk,
                decision_id=number_of(request.POST.get("decision", "")),
                notice=notice,
            )
        except (InvalidValueError, LookAgainError, NotPossibleError) as error:
            message, status = message_of(error), HTTPStatus(error.status)
        else:
            messages.success(request, _("The correction has been published."))
            return redirect("corrections")
    context = {"correction": found, "notice": notice, "message": message}
    return render(request, "reports/correction.html", context, status=status)
