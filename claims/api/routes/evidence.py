"""Evidence: added with a link or a file, removed, captured, and its files."""

from dataclasses import replace
from typing import Annotated, Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Status, UploadedFile

from claims.actions import SANDBOXED, EvidenceDraft, capture_evidence, served_kind
from claims.actions import add_evidence as add
from claims.actions import remove_evidence as remove
from claims.api.endpoints import endpoint, tag_version, version_seen, viewer_of
from claims.api.idempotency import once
from claims.api.routes.claims import draft_of
from claims.api.schemas.base import Id
from claims.api.schemas.evidence import (
    CaptureList,
    EvidenceList,
    EvidenceOut,
    NewEvidence,
    capture_data,
    evidence_data,
)
from claims.models import Claim, DueCapture, Evidence
from claims.models.claims.blind import hidden_among
from claims.queries.captures.states import (
    captures_of,
    evidence_states,
    kept_capture,
)
from claims.queries.claims.details import evidence_of

router = Router(tags=["evidence"])


@endpoint(router, "GET", "/claims/{pk}/evidence", EvidenceList)
def list_evidence(request: HttpRequest, pk: Id) -> dict[str, Any]:
    """List a claim's evidence, in the editors' order, each document with what was captured of it."""
    known = Claim.objects.only("version", "blind", "review_status")
    claim = get_object_or_404(known, pk=pk)
    pieces = evidence_of([pk]).get(pk, [])
    states, hidden = evidence_states(pieces), bool(hidden_among(viewer_of(request), [claim]))
    return {"items": [evidence_data(one, hidden=hidden, state=states[one.pk]) for one in pieces]}


@endpoint(
    router, "POST", "/claims/{pk}/evidence", EvidenceOut, status=201, once=once, versioned=True
)
def add_evidence(
    request: HttpRequest, response: HttpResponse, pk: Id, evidence: NewEvidence
) -> Status[dict[str, Any]]:
    """Add a document with a link to a claim. The ETag is the claim's new version."""
    return _added(request, response, pk, draft_of(evidence))


@endpoint(
    router,
    "POST",
    "/claims/{pk}/evidence/file",
    EvidenceOut,
    status=201,
    once=once,
    versioned=True,
)
def add_evidence_file(
    request: HttpRequest,
    response: HttpResponse,
    pk: Id,
    evidence: Form[NewEvidence],
    file: Annotated[UploadedFile, File()],
) -> Status[dict[str, Any]]:
    """Add a document with a file to a claim. The ETag is the claim's new version."""
    return _added(request, response, pk, replace(draft_of(evidence), file=file))


def _added(
    request: HttpRequest, response: HttpResponse, pk: int, draft: EvidenceDraft
) -> Status[dict[str, Any]]:
    version = version_seen(request)
    get_object_or_404(Claim.objects.only("pk"), pk=pk)
    piece = add(actor=viewer_of(request), claim_id=pk, version=version, evidence=draft)
    tag_version(response, Claim.objects.values_list("version", flat=True).get(pk=pk))
    return Status(201, evidence_data(piece, state=evidence_states([piece])[piece.pk]))


@endpoint(router, "DELETE", "/evidence/{pk}", None, status=204, versioned=True)
def remove_evidence(request: HttpRequest, pk: Id) -> Status[None]:
    """Remove a document from its claim, whose ETag is sent. It can be undone on the desk."""
    version = version_seen(request)
    get_object_or_404(Evidence, pk=pk)
    remove(actor=viewer_of(request), evidence_id=pk, version=version)
    return Status(204, None)


@endpoint(router, "GET", "/evidence/{pk}/file", bytes)
def get_evidence_file(request: HttpRequest, pk: Id) -> HttpResponseBase:
    """Download the file of a document."""
    found = get_object_or_404(Evidence.objects.not_removed().exclude(file=""), pk=pk)
    response = FileResponse(
        found.file.open(),
        as_attachment=True,
        filename=found.file_name,
        content_type=served_kind(found.content_type),
    )
    response["Content-Security-Policy"] = SANDBOXED
    return response


@endpoint(router, "GET", "/evidence/{pk}/captures", CaptureList)
def list_captures(request: HttpRequest, pk: Id) -> dict[str, Any]:
    """List what was captured of a document's page and file, the newest first: 50 at the most."""
    return _captures(pk)


@endpoint(router, "POST", "/evidence/{pk}/captures", CaptureList, status=202, once=once)
def capture_document(request: HttpRequest, pk: Id) -> Status[dict[str, Any]]:
    """Have the worker capture a document's page and file, again if that was done before. Returns what there is so far."""
    get_object_or_404(Evidence.objects.not_removed(), pk=pk)
    capture_evidence(actor=viewer_of(request), evidence_id=pk)
    return Status(202, _captures(pk))


def _captures(pk: int) -> dict[str, Any]:
    piece = get_object_or_404(Evidence.objects.not_removed(), pk=pk)
    found = captures_of(piece, words=True)
    return {
        "items": [capture_data(one, piece) for one in found],
        "due": DueCapture.objects.of([piece]).exists(),
    }


@endpoint(router, "GET", "/captures/{pk}/file", bytes)
def get_capture_file(request: HttpRequest, pk: Id) -> HttpResponseBase:
    """Download the WARC file of a capture, which programs for web archives open."""
    found = kept_capture(pk)
    if found is None:
        raise Http404
    response = FileResponse(
        found.file.open(),
        as_attachment=True,
        filename=f"capture-{found.pk}.warc.gz",
        content_type="application/gzip",
    )
    response["Content-Security-Policy"] = SANDBOXED
    return response
