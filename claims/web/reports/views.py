"""Reports: drafts, published reports and their corrections."""

from http import HTTPStatus
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from claims import renderers
from claims.access import signed_in
from claims.actions import discard_report, draft_report, publish_report, rename_report, set_public
from claims.errors import InvalidValueError, LookAgainError, NotPossibleError
from claims.messages import message_of
from claims.models import Article, Claim, Correction, Report
from claims.queries.claims.filters import LIST, ClaimFilter
from claims.queries.claims.verdict_counts import VerdictCounts
from claims.queries.reports.editions import edition_of
from claims.queries.reports.proposals import proposals_for
from claims.renderers.data.claimreview import left_out
from claims.renderers.labels import LANGUAGE
from claims.renderers.types import Edition
from claims.web.claims.selection import Selection
from claims.web.components.paging import page_of
from claims.web.site.requests import policy


@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """List the reports that the reader may see, newest first."""
    viewer = signed_in(request.user)
    rows = Report.objects.open_to(viewer).select_related("article").defer("claim_ids")
    context = {
        "page": page_of(request, rows, by="-id"),
        "corrections": Correction.objects.open().known_to(request.user).count(),
    }
    return render(request, "reports/list.html", context)


@require_POST
def new_report(request: HttpRequest) -> HttpResponse:
    """Create a draft, for the form's article or from claims of the list."""
    actor = signed_in(request.user)
    typed = request.POST.get("title", "")
    if "article" in request.POST:
        article = get_object_or_404(Article, pk=number_of(request.POST["article"]))
        made = draft_report(actor=actor, title=typed or article.headline, article=article)
        return redirect(made)
    query = request.POST.get(LIST, "")
    listed = ClaimFilter.of_query(query, actor).understood()
    selection = Selection.of(request.POST)
    claims = listed.qs if selection.every else Claim.objects.filter(pk__in=selection.chosen)
    # A report is in one language, whichever one its creator uses.
    with translation.override(LANGUAGE):
        scope = listed.in_words if selection.every else _("Individually selected claims")
    try:
        made = draft_report(
            actor=actor,
            title=typed or _("Claims"),
            claims=claims,
            scope=scope,
            query=listed.query if selection.every else "",
        )
    except (InvalidValueError, NotPossibleError) as error:
        messages.error(request, message_of(error))
        return redirect(f"{reverse('export-claims')}?{selection.query(query)}")
    return redirect(made)


@require_GET
@policy(csp_update({"frame-src": [SELF]}))
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report and its actions."""
    return _page(request, report_of_address(request, pk))


@require_POST
@policy(csp_update({"frame-src": [SELF]}))
def act_on_report(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Publish, rename or discard a report, or change whether it is public."""
    found = report_of_address(request, pk)
    act: dict[str, Any] = {"actor": signed_in(request.user), "report_id": found.pk}
    try:
        if action == "discard":
            discard_report(**act)
            messages.success(
                request, _("The draft has been discarded. Its claims have not changed.")
            )
            return redirect("reports")
        if action == "rename":
            rename_report(**act, title=request.POST.get("title", ""))
        elif action == "publish":
            publish_report(**act, seen=request.POST.get("seen", ""))
            messages.success(request, _("The report is published and can no longer be changed."))
        else:
            set_public(**act, public=action == "show")
    except (InvalidValueError, LookAgainError, NotPossibleError) as error:
        found.refresh_from_db()
        return _page(request, found, message=message_of(error), status=HTTPStatus(error.status))
    return redirect(found)


def report_of_address(request: HttpRequest, pk: int) -> Report:
    """Return the report; 404 also for a draft that the reader may not see, as if it did not exist."""
    reports = Report.objects.open_to(signed_in(request.user)).select_related("article")
    return get_object_or_404(reports, pk=pk)


def as_download(edition: Edition, key: str, number: str) -> HttpResponseBase:
    """Return a report in a format, as a file with a descriptive name. Raises `UnknownFormatError`."""
    export = renderers.get(key)
    name = slugify(edition.report.title)[:60] or "report"
    response = StreamingHttpResponse(export.write(edition), content_type=export.content_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{name}-{number}.{export.suffix}"
    )
    return response


def _page(
    request: HttpRequest, found: Report, *, message: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    edition = edition_of(actor=signed_in(request.user), report=found)
    lines = edition.report.lines
    context = {
        "report": found,
        "edition": edition,
        "counts": VerdictCounts.of({term.code: number for term, number in edition.report.verdicts}),
        "without_evidence": sum(
            line.verdict.code != "pending" and not (line.evidence or line.referred)
            for line in lines
        ),
        "formats": [one for one in renderers.FORMATS.values() if edition.url or not one.public],
        "proposals": proposals_for({line.id for line in lines}) if found.is_draft else None,
        "not_for_search": [
            (one.claim, _(one.reason)) for one in (left_out(edition) if edition.url else ())
        ],
        "corrections": Correction.objects.of_report(found)
        .known_to(request.user)
        .select_related("decision"),
        "public_address": found.public_address,
        "message": message,
    }
    return render(request, "reports/page.html", context, status=status)


def number_of(typed: str) -> int:
    """Return the id in a form field that users do not type. Raises `Http404` for anything else."""
    if not (typed.isdecimal() and len(typed) < 19):
        raise Http404
    return int(typed)
