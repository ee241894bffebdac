"""Public pages: reports that a chief editor has made public, and each of their claims. None without PUBLIC_URL."""

from operator import itemgetter

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from claims.models import Newsroom, Report
from claims.models.reports.reports import NOT_LISTED
from claims.queries.personal_data.bylines import bylines_of
from claims.queries.reports.contents import logo_of
from claims.queries.reports.feed import told_notices, told_texts
from claims.queries.reports.public import (
    edition_of_claim,
    public_edition,
    reviews_of,
    withdrawn_claim,
    withdrawn_report,
)
from claims.queries.reports.public_site import source_of_claim
from claims.queries.reports.terms import in_language
from claims.renderers.documents.page import kind_of_picture
from claims.renderers.types import Edition
from claims.web.components.paging import page_of
from claims.web.public.claim_page import ClaimPage, markup_of
from claims.web.public.heads import head_of
from claims.web.public.report_page import ReportPage, credits_of
from claims.web.public.serving import WithdrawnError, context, everybody
from claims.web.reports.downloads import as_download

_FORMATS = ("json", "pdf")
"""In which formats everyone may take a report along."""
_NEWEST = 500
"""How many notices, and how many withdrawals, the log of corrections shows."""


@require_safe
@cache_control(max_age=24 * 3600)
def favicon(_request: HttpRequest) -> HttpResponse:
    """Redirect the traditional address of the icon."""
    return redirect(static("claims/icon.svg"))


@everybody(page=str)
def index(request: HttpRequest) -> HttpResponse:
    """List the public reports, newest first."""
    reports = Report.objects.public().defer(*NOT_LISTED)
    page = page_of(request, reports, by="-published_at", always_set=True)
    head = head_of(
        "public-reports",
        _("Verification reports"),
        _("Reports on what was said in the news, and whether it holds up."),
    )
    return render(request, "public/index.html", context(page=page, head=head))


@everybody()
def claims(_request: HttpRequest) -> HttpResponse:
    """Redirect what the claims' addresses begin with to the list of reports."""
    return redirect("public-reports")


@everybody()
def logo(_request: HttpRequest) -> HttpResponse:
    """Return the newsroom's logo, which stands at the top of every page."""
    picture = logo_of(Newsroom.current().logo_sha256)
    if not picture:
        raise Http404
    return HttpResponse(picture, content_type=kind_of_picture(picture))


@everybody()
def corrections(request: HttpRequest) -> HttpResponse:
    """List what readers were told last: corrections, updates and withdrawals, the newest first."""
    told = [(notice.told_at, notice, None, None) for notice in told_notices(_NEWEST)]
    gone = [(one.withdrawn_at, None, one, None) for one in Report.objects.withdrawn()[:_NEWEST]]
    texts = [(one.published_at, None, None, one) for one in told_texts(_NEWEST)]
    log = sorted([*told, *gone, *texts], key=itemgetter(0), reverse=True)
    head = head_of(
        "public-corrections",
        _("Corrections"),
        _("What we got wrong and put right, what we have checked since, and what we withdrew."),
    )
    shown = context(log=log, head=head)
    return render(request, "public/corrections.html", shown)


@everybody()
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a public report, with its claims as readers were last told of them."""
    edition = public_report(pk)
    with in_language(edition.report.language):
        shown = ReportPage(edition)
        named = bylines_of(Report.objects.defer(*NOT_LISTED).get(pk=pk))
        told = context(shown=shown, head=shown.head, credits=credits_of(named))
        return render(request, "public/report.html", told)


@everybody()
def claim(request: HttpRequest, claim: int) -> HttpResponse:
    """Show a claim at its one permanent address, with its markup for search engines."""
    shown = claim_page(claim)
    with in_language(shown.edition.report.language):
        told = context(shown=shown, head=shown.head, markup=markup_of(shown.edition))
        return render(request, "public/claim.html", told)


@everybody()
def reported_claim(_request: HttpRequest, claim: int, **_report: int) -> HttpResponse:
    """Redirect the address that a claim once had in each report."""
    return redirect("public-claim", claim=claim, permanent=True)


@everybody()
def report_file(_request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
    """Download a public report, with the same content as its page."""
    if key not in _FORMATS:
        raise Http404
    edition = public_report(pk)
    response = as_download(edition, key, f"report-{pk}")
    response["Link"] = f'<{edition.url}>; rel="canonical"'
    return response


def public_report(pk: int) -> Edition:
    """Return a report as everyone reads it.

    Raises:
        WithdrawnError: if it was withdrawn.
        Http404: if it was never public.
    """
    found = Report.objects.public().filter(pk=pk).first()
    if found is None:
        gone = withdrawn_report(pk)
        if gone:
            raise WithdrawnError(gone)
        raise Http404
    return public_edition(found)


def claim_page(claim: int) -> ClaimPage:
    """Return what everyone reads of a claim. Raises the same errors as `public_report`."""
    try:
        edition = edition_of_claim(claim)
    except Report.DoesNotExist:
        gone = withdrawn_claim(claim)
        if gone:
            raise WithdrawnError(gone) from None
        raise Http404 from None
    with in_language(edition.report.language):
        return ClaimPage(edition, reviews_of(claim), source_of_claim(claim))
