"""What was captured of a piece of evidence: its words, the page as it was, and the WARC file."""

from io import BytesIO
from typing import IO, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from claims.access import signed_in
from claims.actions import SANDBOXED, capture_evidence, served_kind
from claims.capturing import HTML, payload_of
from claims.choices import JobStatus
from claims.ingest import sandbox
from claims.models import Capture, Evidence
from claims.queries.captures.states import (
    captures_of,
    evidence_states,
    kept_capture,
    shown_capture,
)
from claims.queries.tasks import wait_in_vain
from claims.web.components.form_fields import NumberField
from claims.web.site.requests import asks_part

INERT = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
)
"""The content security policy of a captured page: its own styles, no script, and no request to anywhere."""


@require_GET
def captures(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was captured of a piece of evidence: the newest that was kept, or the one that is asked for."""
    piece = _evidence(pk)
    if asks_part(request):
        return _part(request, piece)
    state, listed = evidence_states([piece])[piece.pk], captures_of(piece)
    chosen = _chosen(request, listed)
    context = {
        "document": piece,
        "state": state,
        "no_worker": state.is_due and wait_in_vain(JobStatus.WAITING),
        "captures": listed,
        "shown": shown_capture(chosen, piece.excerpt) if chosen else None,
        "is_html": chosen is not None and _is_html(chosen),
    }
    return render(request, "captures/page.html", context)


def _part(request: HttpRequest, piece: Evidence) -> HttpResponse:
    """Return the part of a panel that says what was captured."""
    context = {"document": piece, "state": evidence_states([piece])[piece.pk]}
    return render(request, "captures/state.html", context)


def _chosen(request: HttpRequest, listed: list[Capture]) -> Capture | None:
    """Return the capture that the address names, else the newest that was kept, else the newest."""
    try:
        wanted = NumberField(required=False).clean(request.GET.get("show", ""))
    except ValidationError:
        wanted = None
    named = next((one for one in listed if one.pk == wanted), None)
    kept = next((one for one in listed if one.sha256 or not one.error), None)
    return named or kept or next(iter(listed), None)


@require_POST
def capture_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a piece of evidence captured by a worker."""
    piece = _evidence(pk)
    capture_evidence(actor=signed_in(request.user), evidence_id=piece.pk)
    if asks_part(request):
        return _part(request, piece)
    messages.success(request, _("The evidence will be captured in a moment."))
    return redirect("captures", piece.pk)


@require_GET
def capture_warc(_request: HttpRequest, pk: int) -> HttpResponseBase:
    """Download the WARC file of a capture, which programs for web archives open."""
    found = _kept(pk)
    response = FileResponse(
        found.file.open(),
        as_attachment=True,
        filename=f"capture-{found.pk}.warc.gz",
        content_type="application/gzip",
    )
    response["Content-Security-Policy"] = SANDBOXED
    return response


@require_GET
def captured_page(_request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show a captured page as it was, without scripts, pictures and links; any other file is a download."""
    found = _kept(pk)
    with found.file.open() as file:
        payload = payload_of(cast("IO[bytes]", file))
    if _is_html(found):
        page = sandbox.inert_page(BytesIO(payload.body), charset=payload.charset)
        response = HttpResponse(page, content_type="text/html; charset=utf-8")
        response["Content-Security-Policy"] = INERT
        response["X-DNS-Prefetch-Control"] = "off"
    else:
        response = HttpResponse(payload.body, content_type=served_kind(found.content_type))
        response["Content-Disposition"] = f'attachment; filename="capture-{found.pk}"'
        response["Content-Security-Policy"] = SANDBOXED
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_GET
def capture_picture(_request: HttpRequest, pk: int) -> HttpResponseBase:
    """Return the picture of a captured page."""
    found = _kept(pk)
    if not found.picture:
        raise Http404
    response = FileResponse(found.file.storage.open(found.picture), content_type="image/png")
    response["Content-Security-Policy"] = SANDBOXED
    return response


def _is_html(capture: Capture) -> bool:
    return bool(capture.sha256) and capture.content_type in HTML


def _evidence(pk: int) -> Evidence:
    return get_object_or_404(
        Evidence.objects.not_removed().select_related("claim__revision__article"), pk=pk
    )


def _kept(pk: int) -> Capture:
    found = kept_capture(pk)
    if found is None:
        raise Http404
    return found
