"""What is to be captured: noted here, in the transaction that needs it, and made by a worker."""

from collections.abc import Collection

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.choices import CaptureReason
from claims.errors import NotPossibleError
from claims.ingest.documents import KINDS
from claims.models import Capture, DueCapture, Evidence
from claims.models.base.expressions import Among


@action("claims.change_evidence", what=gettext_noop("capture evidence"))
def capture_evidence(*, actor: User, evidence_id: int) -> bool:
    """Have the page and the file of a piece of evidence captured, again if they were before.

    Args:
        actor: who asks for it.
        evidence_id: the evidence.

    Returns:
        Whether a worker was told to; not if it was told already.

    Raises:
        NotPossibleError: if the evidence has been removed.
    """
    piece = Evidence.objects.get(pk=evidence_id)
    if piece.removed_at is not None:
        raise NotPossibleError(why=_("this evidence has been removed."))
    wanted = [*_pages([piece]), *_files([piece])]
    return _want(actor, wanted, CaptureReason.ASKED)


def want_added(actor: User, piece: Evidence) -> None:
    """Have a new document captured: its page if `CAPTURE_EVIDENCE` is on and it is not confidential, and its file.

    An uploaded file is captured once, because it cannot change.
    """
    files = [
        (key, one) for key, one in _files([piece]) if not Capture.objects.filter(key=key).exists()
    ]
    _want(actor, [*_unasked([piece]), *files], CaptureReason.ADDED)


def want_published(actor: User, evidence_ids: Collection[int]) -> None:
    """Have the pages captured that a report cites which was just published, if `CAPTURE_EVIDENCE` is on."""
    if settings.CAPTURE_EVIDENCE:
        pieces = Evidence.objects.with_secrecy().filter(Among("pk", sorted(evidence_ids)))
        _want(actor, _unasked(pieces.order_by("pk")), CaptureReason.PUBLISHED)


Wanted = tuple[str, Evidence]
"""A key, and the evidence for which it is captured."""


def _pages(pieces: Collection[Evidence]) -> list[Wanted]:
    return [(piece.address_key, piece) for piece in pieces if piece.address_key]


def _files(pieces: Collection[Evidence]) -> list[Wanted]:
    """Return the files whose words can be read."""
    readable = (piece for piece in pieces if piece.file_name.rpartition(".")[2].lower() in KINDS)
    return [(piece.sha256, piece) for piece in readable if piece.sha256]


def _unasked(pieces: Collection[Evidence]) -> list[Wanted]:
    """Return the pages that are captured although nobody asked. A confidential one's site must not learn of it."""
    if not settings.CAPTURE_EVIDENCE:
        return []
    return _pages([one for one in pieces if not (one.confidential or one.is_withheld)])


def _want(actor: User, wanted: Collection[Wanted], reason: CaptureReason) -> bool:
    """Note what a worker is to capture, each document once. What waits for another attempt is due now."""
    rows = {
        key: DueCapture(key=key, evidence=piece, reason=reason, asked_by=actor)
        for key, piece in wanted
    }
    if not rows:
        return False
    waiting, now = DueCapture.objects.filter(key__in=rows), timezone.now()
    known = set(waiting.values_list("key", flat=True))
    waiting.filter(due_at__gt=now).update(due_at=now, asked_at=now, attempts=0)
    DueCapture.objects.bulk_create(
        (row for key, row in rows.items() if key not in known), ignore_conflicts=True
    )
    return known != set(rows)
