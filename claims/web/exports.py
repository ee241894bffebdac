"""Exporting the claims of a list: few at once, many by the worker; or creating a report from them."""

from http import HTTPStatus

from django.db import transaction
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from claims import renderers
from claims.access import signed_in
from claims.actions import begin_export, stop_export
from claims.actions.exports import AT_ONCE, open_export, write_in_background
from claims.choices import JobStatus
from claims.errors import UnknownReportFormatError
from claims.messages import message_of
from claims.models import Claim, Export
from claims.models.claims.querysets import ClaimQuerySet
from claims.queries.claims.filters import LIST, ClaimFilter
from claims.queries.exports import Rows
from claims.queries.reports.contents import MAX_CLAIMS
from claims.queries.tasks import wait_in_vain
from claims.web.claims.selection import Selection
from claims.web.site.requests import asks_part


@require_http_methods(["GET", "POST"])
def export_claims(request: HttpRequest) -> HttpResponseBase:
    """Show how many claims a list has, and export them, or create a report from them."""
    viewer = signed_in(request.user)
    sent = request.POST if request.method == "POST" else request.GET
    listed = ClaimFilter.of_query(sent.get(LIST, ""), viewer).understood()
    selection = Selection.of(sent)
    if not selection:
        return redirect(f"{reverse('claims')}?{listed.query}")
    claims = listed.qs if selection.every else Claim.objects.filter(pk__in=selection.chosen)
    rows = claims.count()
    context = {
        "filter": listed,
        "selection": selection,
        "number": rows,
        "in_background": rows > AT_ONCE,
        "formats": renderers.TABLES.values(),
        "most": MAX_CLAIMS,
        "back": f"{reverse('claims')}?{listed.query}",
        "exports": [
            (one, renderers.get(one.format).label)
            for one in Export.objects.filter(actor=viewer)[:5]
        ],
    }
    if request.method == "GET":
        return render(request, "exports/new.html", context)
    try:
        return _exported(request, claims, rows, listed.query, sent.get("format", ""))
    except UnknownReportFormatError as error:
        context["message"] = message_of(error)
        return render(request, "exports/new.html", context, status=HTTPStatus.BAD_REQUEST)


def _exported(
    request: HttpRequest, claims: ClaimQuerySet, number: int, query: str, key: str
) -> HttpResponseBase:
    write, viewer = renderers.writer_of_tables(key), signed_in(request.user)
    if number <= AT_ONCE:
        pieces = write(Rows(claims, viewer).table())
        response = StreamingHttpResponse(pieces, content_type=renderers.get(key).content_type)
        return _named(response, key)
    with transaction.atomic():
        export = begin_export(actor=viewer, query=query, key=key, total=number)
        write_in_background.enqueue(export.pk)
    return redirect("export", export.pk)


@require_GET
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an export's progress, and its file."""
    found = _own(request, pk)
    part = asks_part(request)
    context = {
        "export": found,
        "format": renderers.get(found.format),
        "under_way": not found.ended,
        "no_worker": wait_in_vain(found.status),
        "announce": part,
        "back": f"{reverse('claims')}?{found.query}",
    }
    template = "exports/status.html" if part else "exports/page.html"
    return render(request, template, context)


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop an export."""
    found = stop_export(actor=signed_in(request.user), export_id=_own(request, pk).pk)
    return redirect("export", found.pk)


@require_GET
def export_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Download the file of a complete export."""
    found = _own(request, pk)
    if found.status != JobStatus.DONE:
        raise Http404
    try:
        file = open_export(found)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type=renderers.get(found.format).content_type)
    return _named(response, found.format)


def _own(request: HttpRequest, pk: int) -> Export:
    return get_object_or_404(Export.objects.open_to(signed_in(request.user)), pk=pk)


def _named(response: HttpResponseBase, key: str) -> HttpResponseBase:
    day = timezone.localdate().isoformat()
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"claims-{day}.{renderers.get(key).suffix}"
    )
    return response
