"""The evidence of a claim on its panel: each document with the form that changes it."""

from dataclasses import dataclass
from functools import cached_property

from claims.models import Claim, Evidence
from claims.web.forms import EvidenceEdit


@dataclass
class Document:
    """A document as the panel shows it.

    Attributes:
        piece: the document.
        typed: its form with what was typed, if that comes back.
    """

    piece: Evidence
    typed: EvidenceEdit | None

    @cached_property
    def form(self) -> EvidenceEdit:
        """The form that changes it; made where the page draws it."""
        return self.typed or EvidenceEdit(instance=self.piece)


def documents(claim: Claim, edited: EvidenceEdit | None) -> list[Document]:
    """A claim's evidence, as `with_record` read it.

    Args:
        claim: the claim.
        edited: the form of one of them, if it comes back with what was typed.
    """
    typed = {edited.instance.pk: edited} if edited else {}
    return [Document(piece, typed.get(piece.pk)) for piece in claim.evidence.all()]
