"""What an outside archive is asked to keep."""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings

from claims.models import ArchiveRequest, Evidence


@dataclass(frozen=True)
class ArchiveState:
    """Whether an archive keeps a piece of evidence.

    Attributes:
        request: the request to the archive, if one is waiting or has failed.
        is_offered: whether an editor can ask an archive for a copy.
        is_secret: whether that is not offered because the document is confidential.
    """

    request: ArchiveRequest | None = None
    is_offered: bool = False
    is_secret: bool = False

    @property
    def is_waiting(self) -> bool:
        """Whether a worker is to go on with it."""
        return self.request is not None and self.request.is_waiting


def archive_states(pieces: Collection[Evidence]) -> dict[int, ArchiveState]:
    """Return what an archive does with some evidence, read with its secrecy, by its id. One query; none if no archive is set."""
    if not settings.ARCHIVE_URL or not pieces:
        return {}
    requests = ArchiveRequest.objects.filter(evidence__in=[piece.pk for piece in pieces])
    found = {one.evidence_id: one for one in requests}
    return {piece.pk: _state(piece, found.get(piece.pk)) for piece in pieces}


def _state(piece: Evidence, request: ArchiveRequest | None) -> ArchiveState:
    if not piece.url or piece.archive_url:
        return ArchiveState()
    is_secret = piece.confidential or piece.is_withheld
    return ArchiveState(request, is_offered=not is_secret, is_secret=is_secret)
