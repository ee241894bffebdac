"""The evidence on a claim's panel: each document with the form to edit it."""

from dataclasses import dataclass
from functools import cached_property

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from claims.actions import BYTES, KINDS
from claims.models import Evidence
from claims.queries.claims.records import ClaimRecord
from claims.web.review.decision_forms import EvidenceEdit


@dataclass
class Document:
    """A document on the panel.

    Attributes:
        piece: the document.
        typed: its form with what was typed, if that is shown again.
        is_referred: whether it is another claim's, to which a verdict that was taken over refers.
    """

    piece: Evidence
    typed: EvidenceEdit | None = None
    is_referred: bool = False

    @cached_property
    def form(self) -> EvidenceEdit:
        """The form to edit it, created when the page renders it."""
        return self.typed or EvidenceEdit(instance=self.piece)


def documents(record: ClaimRecord, edited: EvidenceEdit | None) -> list[Document]:
    """A claim's evidence, and behind it that of other claims to which its verdict refers.

    Args:
        record: the claim.
        edited: the form of one of them, if it is shown again with what was typed.
    """
    typed = {edited.instance.pk: edited} if edited else {}
    own = [Document(piece, typed.get(piece.pk)) for piece in record.claim.evidence.all()]
    return own + [Document(piece, is_referred=True) for piece in record.origin_evidence]


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
