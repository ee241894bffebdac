"""The evidence on a claim's panel: each document with its thumbnail and the form to edit it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from claims.models import Evidence, Thumbnail
from claims.queries.captures.states import EvidenceState, evidence_states
from claims.queries.claims.records import ClaimRecord
from claims.queries.documents import thumbnails_of
from claims.queries.links.archiving import ArchiveState, archive_states
from claims.queries.reports.public_documents import public_reports_naming
from claims.web.review.decision_forms import EvidenceEdit


@dataclass
class Document:
    """A document on the panel.

    Attributes:
        piece: the document.
        thumbnail: the thumbnail of its file, if there is one.
        typed: its form with what was typed, if that is shown again.
        place: its place among the claim's own, counting from 0; `places` is how many these are.
        public_in: the numbers of the public reports that named it to readers.
        is_referred: whether it is another claim's, to which a verdict that was taken over refers.
        state: what was captured of its page and of its file.
        archive: what an outside archive does with it.
    """

    piece: Evidence
    thumbnail: Thumbnail | None = None
    typed: EvidenceEdit | None = None
    place: int = 0
    places: int = 0
    public_in: Sequence[int] = ()
    is_referred: bool = False
    state: EvidenceState = field(default_factory=EvidenceState)
    archive: ArchiveState = field(default_factory=ArchiveState)

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
    own, others = list(record.claim.evidence.all()), record.origin_evidence
    thumbnails = thumbnails_of([*own, *others])
    public = public_reports_naming(own)
    states = evidence_states([*own, *others])
    archives = archive_states(own)
    shown = [
        Document(
            piece,
            thumbnails.get(piece.sha256),
            typed.get(piece.pk),
            place,
            len(own),
            public.get(piece.pk, ()),
            state=states[piece.pk],
            archive=archives.get(piece.pk, ArchiveState()),
        )
        for place, piece in enumerate(own)
    ]
    return shown + [
        Document(piece, thumbnails.get(piece.sha256), is_referred=True, state=states[piece.pk])
        for piece in others
    ]
