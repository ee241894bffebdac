"""Evidence: added with a link or a file, removed, and its files."""

from dataclasses import replace
from typing import Annotated, Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Status, UploadedFile

from claims.actions import SANDBOXED, EvidenceDraft, served_kind
from claims.actions import add_evidence as add
from claims.actions import remove_evidence as remove
from claims.api.endpoints import endpoint, tag_version, version_seen, viewer_of
from claims.api.idempotency import once
from claims.api.routes.claims import draft_of, with_details
from claims.api.schemas.base import Id
from claims.api.schemas.claims import (
    EvidenceList,
    EvidenceOut,
    NewEvidence,
    evidence_data,
)
from claims.models import Claim, Evidence

router = Router(tags=["evidence"])


@endpoint(router, "GET", "/claims/{pk}/evidence", EvidenceList)
def list_evidence(request: HttpRequest, pk: Id) -> dict[str, Any]:
    """List a claim's evidence, in the editors' order."""
    get_object_or_404(Claim.objects.only("pk"), pk=pk)
    (item,) = with_details([pk], viewer=viewer_of(request), expand={"evidence"})
    return {"items": item["evidence"]}


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
    return Status(201, evidence_data(piece))


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
