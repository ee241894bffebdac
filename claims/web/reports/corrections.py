"""Corrections of published reports."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from claims.access import signed_in
from claims.actions import correct_fact, correct_notice, correct_text, publish_correction
from claims.choices import ReportText
from claims.errors import InvalidValueError, LookAgainError, NotPossibleError
from claims.messages import message_of
from claims.models import Correction, Newsroom, Report, ReportedClaim
from claims.queries.reports.contents import digest_of_line, line_now
from claims.queries.reports.corrections import notice_of
from claims.web.components.paging import page_of
from claims.web.reports.views import number_of

_REFUSED = (InvalidValueError, LookAgainError, NotPossibleError)
_PUBLISHED = gettext_noop("The correction has been published.")


@require_GET
def corrections(request: HttpRequest) -> HttpResponse:
    """List the corrections and updates to publish, or those already published."""
    told = "told" in request.GET
    rows = Correction.objects.known_to(request.user).filter(published_at__isnull=not told)
    rows = rows.select_related("reported__report", "reported__claim", "decision")
    rows = rows.defer("reported__report__claim_ids", "decision__evidence", "data")
    context = {
        "page": page_of(request, rows, by="-id"),
        "told": told,
        "publish_updates": Newsroom.current().publish_updates,
    }
    return render(request, "reports/corrections.html", context)


def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the drafted notice of a correction, to be reworded and published; a published one can be corrected."""
    rows = Correction.objects.known_to(request.user).select_related(
        "reported__report", "reported__claim", "decision"
    )
    found = get_object_or_404(rows, pk=pk)
    corrects = found.published_at is not None and "decision" not in request.POST
    notice = request.POST.get("notice", found.notice or notice_of(found))
    context = {
        "correction": found,
        "notice": notice,
        "message": "",
        "earlier_notices": found.earlier_notices.order_by("pk"),
        **_shown_with(found.reported.claim_id),
    }
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            if corrects:
                correct_notice(actor=signed_in(request.user), correction_id=pk, notice=notice)
            else:
                publish_correction(
                    actor=signed_in(request.user),
                    correction_id=pk,
                    decision_id=number_of(request.POST.get("decision", "")),
                    notice=notice,
                    seen=request.POST.get("seen", ""),
                )
        except _REFUSED as error:
            context["message"], status = message_of(error), HTTPStatus(error.status)
        else:
            done = _("The notice has been corrected.") if corrects else _(_PUBLISHED)
            messages.success(request, done)
            return redirect("corrections")
    return render(request, "reports/correction.html", context, status=status)


def correct_claim(request: HttpRequest, pk: int, claim: int) -> HttpResponse:
    """Write and publish a notice that something other than a claim's verdict was wrong in a report."""
    rows = ReportedClaim.objects.select_related("report", "claim").filter(report=pk, claim=claim)
    found = get_object_or_404(rows)
    message, status = "", HTTPStatus.OK
    notice = request.POST.get("notice", "")
    if request.method == "POST":
        try:
            correct_fact(
                actor=signed_in(request.user),
                report_id=pk,
                claim_id=claim,
                notice=notice,
                seen=request.POST.get("seen", ""),
            )
        except _REFUSED as error:
            message, status = message_of(error), HTTPStatus(error.status)
        else:
            messages.success(request, _(_PUBLISHED))
            return redirect(found.report)
    context = {"reported": found, "notice": notice, "message": message, **_shown_with(claim)}
    return render(request, "reports/correct_claim.html", context, status=status)


def correct_text_of(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """Correct the lede or the conclusion of a published report, with a notice to readers."""
    if part not in ReportText.values:
        raise Http404
    found = get_object_or_404(Report.objects.published(), pk=pk)
    standing = getattr(found, part)
    if not (standing or found.text_corrections.filter(part=part).exists()):
        raise Http404
    typed = {"text": standing, "notice": "", "seen": standing}
    message, status = "", HTTPStatus.OK
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in typed}
        try:
            correct_text(
                actor=signed_in(request.user), report_id=pk, part=ReportText(part), **typed
            )
        except _REFUSED as error:
            message, status = message_of(error), HTTPStatus(error.status)
        else:
            messages.success(request, _(_PUBLISHED))
            return redirect(found)
    context = {**typed, "seen": standing, "report": found, "part": ReportText(part)}
    # Whoever wrote over an older text sees the newer one before they publish theirs.
    context["newer"] = standing if typed["seen"].splitlines() != standing.splitlines() else ""
    return render(
        request, "reports/correct_text.html", {**context, "message": message}, status=status
    )


def _shown_with(claim_id: int) -> dict[str, object]:
    """Return what the form shows of a claim beside the notice: its documents, and which state of it that is."""
    line = line_now(claim_id)
    return {
        "documents": [each for each in line.evidence if not each.confidential],
        "withheld": sum(each.confidential for each in line.evidence),
        "seen": digest_of_line(line),
    }
