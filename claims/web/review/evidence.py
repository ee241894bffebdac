"""The evidence on a claim's panel: each document with the form to edit it."""

from dataclasses import dataclass
from functools import cached_property

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from claims.actions import BYTES, KINDS
from claims.models import Claim, Evidence
from claims.web.review.decision_forms import EvidenceEdit


@dataclass
class Document:
    """A document on the panel.

    Attributes:
        piece: the document.
        typed: its form with what was typed, if that is shown again.
    """

    piece: Evidence
    typed: EvidenceEdit | None

    @cached_property
    def form(self) -> EvidenceEdit:
        """The form to edit it, created when the page renders it."""
        return self.typed or EvidenceEdit(instance=self.piece)


def documents(claim: Claim, edited: EvidenceEdit | None) -> list[Document]:
    """A claim's evidence, as `record_of` read it.

    Args:
        claim: the claim.
        edited: the form of one of them, if it is shown again with what was typed.
    """
    typed = {edited.instance.pk: edited} if edited else {}
    return [Document(piece, typed.get(piece.pk)) for piece in claim.evidence.all()]


@require_GET
def evidence_file(_request: HttpRequest, pk: int) -> HttpResponseBase:
    """Download an evidence file under its own name; the browser never opens it here."""
    found = get_object_or_404(Evidence.objects.not_removed().exclude(file=""), pk=pk)
    kind = found.content_type
    response = FileResponse(
        found.file.open(),
        as_attachment=True,
        filename=found.file_name,
        content_type=kind if kind in KINDS.values() else BYTES,
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
