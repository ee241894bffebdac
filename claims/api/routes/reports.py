"""Reports: drafted, published, and their files."""

from typing import Any, Literal

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from claims import renderers
from claims.actions import discard_report as discard
from claims.actions import draft_report, set_public
from claims.actions import publish_report as publish
from claims.api.endpoints import endpoint, page, viewer_of
from claims.api.idempotency import once
from claims.api.routes.claims import filter_of
from claims.api.schemas.base import Cursor, Id, Limit
from claims.api.schemas.reports import (
    NewReport,
    Publication,
    ReportDetail,
    ReportOut,
    ReportPage,
    report_data,
)
from claims.models import Article, Claim, Report
from claims.models.base.expressions import Among
from claims.models.reports.reports import NOT_LISTED
from claims.queries.claims.names import parsed
from claims.queries.reports.editions import edition_of, file_of, public_edition_of
from claims.queries.reports.terms import in_language, public_language
from claims.renderers.in_force import in_force

router = Router(tags=["reports"])


@endpoint(router, "GET", "/reports", ReportPage)
def list_reports(request: HttpRequest, cursor: Cursor = "", limit: Limit = 100) -> dict[str, Any]:
    """List the reports that the account may see, newest first."""
    chosen = Report.objects.open_to(viewer_of(request)).defer(*NOT_LISTED)
    return page(chosen, "-id", cursor, limit, lambda found: map(report_data, found))


@endpoint(router, "GET", "/reports/{pk}", ReportDetail)
def get_report(request: HttpRequest, pk: Id) -> dict[str, Any]:
    """Return a report with what it holds: a draft as it would be published now."""
    found = _of_address(request, pk)
    edition = edition_of(actor=viewer_of(request), report=found)
    lines = edition.report.lines
    return report_data(found) | {
        "digest": edition.digest,
        "claims": [line.id for line in lines],
        "verdicts": {term.code: number for term, number in in_force(edition).verdicts},
        "waiting": [line.id for line in lines if line.waiting],
        "formats": list(renderers.FORMATS),
    }


@endpoint(router, "POST", "/reports", ReportOut, status=201, once=once)
def create_report(request: HttpRequest, report: NewReport) -> Status[dict[str, Any]]:
    """Draft a report on an article, on some claims, or on all that a filter lists. Nothing is frozen yet."""
    actor = viewer_of(request)
    of: dict[str, Any] = {"title": report.title, "language": report.language}
    if report.article_id is not None:
        article = get_object_or_404(Article, pk=report.article_id)
        return Status(201, report_data(draft_report(actor=actor, article=article, **of)))
    if report.claim_ids is not None:
        claims = Claim.objects.filter(Among("pk", sorted(set(report.claim_ids))))
        return Status(201, report_data(draft_report(actor=actor, claims=claims, **of)))
    listed = filter_of(parsed(report.query or ""), actor, beside={"sort"})
    with in_language(public_language()):
        scope = listed.in_words
    made = draft_report(actor=actor, claims=listed.qs, scope=scope, query=listed.query, **of)
    return Status(201, report_data(made))


@endpoint(router, "DELETE", "/reports/{pk}", None, status=204)
def discard_report(request: HttpRequest, pk: Id) -> Status[None]:
    """Discard a draft. What is published is never deleted."""
    discard(actor=viewer_of(request), report_id=_of_address(request, pk).pk)
    return Status(204, None)


@endpoint(router, "POST", "/reports/{pk}/publish", ReportOut, once=once)
def publish_report(request: HttpRequest, pk: Id, publication: Publication) -> dict[str, Any]:
    """Freeze a report exactly as it was seen, and make it public if that is wanted. It cannot be changed afterwards."""
    of: dict[str, Any] = {"actor": viewer_of(request), "report_id": _of_address(request, pk).pk}
    made = publish(seen=publication.digest, public=publication.public, **of)
    if publication.public and not made.public:
        made = set_public(public=True, **of)
    return report_data(made)


@endpoint(router, "GET", "/reports/{pk}/files/{key}", bytes)
def get_report_file(
    request: HttpRequest,
    pk: Id,
    key: str,
    edition: Literal["internal", "public"] = "public",
) -> HttpResponseBase:
    """Return a report as a file. By default its public edition, without what only the desk may know."""
    renderers.get(key)
    found = _of_address(request, pk)
    make = edition_of if edition == "internal" else public_edition_of
    made = make(actor=viewer_of(request), report=found)
    export = renderers.get(key)
    return StreamingHttpResponse(file_of(made, export), content_type=export.content_type)


def _of_address(request: HttpRequest, pk: int) -> Report:
    return get_object_or_404(Report.objects.open_to(viewer_of(request)), pk=pk)
