"""Keeping the pages of evidence in an outside archive: an editor asks, and a worker speaks with the archive."""

import logging
from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django_tasks import task

from claims.actions.base import action
from claims.actions.claims.changes import require_known
from claims.actions.claims.evidence.changing import edit_evidence
from claims.actions.claims.evidence.documents import EvidenceDraft, was_removed
from claims.errors import (
    ArchiveBusyError,
    ArchiveError,
    ArchiveFailedError,
    NotPossibleError,
    StaleVersionError,
    WorkbenchError,
    as_data,
    is_temporary,
)
from claims.fetching.archives import Archive, copy_of, request_copy, require_public
from claims.models import ArchiveRequest, Evidence, Task

logger = logging.getLogger(__name__)

WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3))
"""How long until an archive that gave no answer or was busy is asked again, the first time and each time after."""
LOOKS = (5, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1200)
"""After how many seconds the archive is asked whether it has finished, the first time and each time after."""
_LONGEST_WAIT = timedelta(days=1)
"""How long an archive is left alone at most, whatever it says."""
_AT_ONCE = 5
"""With how many pages one task goes on, and how many the archive is at work on at the same time for this desk."""


def archive() -> Archive | None:
    """Return the archive that is set; None if there is none."""
    return Archive(settings.ARCHIVE_URL, settings.ARCHIVE_KEY) if settings.ARCHIVE_URL else None


@action("claims.change_evidence", what=gettext_noop("keep evidence in an archive"))
def archive_evidence(*, actor: User, evidence_id: int) -> bool:
    """Have an outside archive keep the page of a piece of evidence. Everybody can read it there, and that it was asked for.

    Args:
        actor: who asks for it.
        evidence_id: the evidence.

    Returns:
        Whether a worker was told to; not if it was told already.

    Raises:
        NotPossibleError: if no archive is set, or the evidence has been removed, has no link or has an archived copy, or
            if the document is confidential for any claim.
        BlindCheckError: if the actor is to check the claim blind.
        BadAddressError: if the link has a password in it.
        ArchiveError: if the link leads to a private network.
    """
    piece = _evidence(evidence_id)
    require_known(actor, [piece.claim])
    _require_fitting(piece)
    request, created = ArchiveRequest.objects.get_or_create(
        evidence=piece, defaults={"asked_by": actor}
    )
    if request.is_waiting:
        return created
    request.job, request.attempts, request.looks, request.error = "", 0, 0, None
    request.asked_by, request.asked_at, request.due_at = actor, timezone.now(), timezone.now()
    request.save()
    return True


def _evidence(pk: int) -> Evidence:
    return Evidence.objects.with_secrecy().select_related("claim").get(pk=pk)


def _require_fitting(piece: Evidence) -> Archive:
    """Return the archive that may keep a document. Raises what forbids it."""
    found = archive()
    if found is None:
        raise NotPossibleError(why=_("no archive is set up."))
    if piece.removed_at is not None:
        raise was_removed()
    if piece.confidential or piece.is_withheld:
        raise NotPossibleError(
            why=_(
                "this document is confidential, and the archive would show everybody its address."
            )
        )
    if not piece.url:
        raise NotPossibleError(why=_("this evidence has no link."))
    if piece.archive_url:
        raise NotPossibleError(why=_("this evidence has an archived copy."))
    require_public(piece.url, found, private=settings.FETCH_ALLOW)
    return found


def enqueue_archiving() -> None:
    """Have a worker go on with what an archive is to keep, unless one does so already."""
    if (
        archive()
        and ArchiveRequest.objects.ready().exists()
        and not Task.under_way(archive_documents).exists()
    ):
        archive_documents.enqueue()


@task(priority=-2)
def archive_documents() -> None:
    """Go on with some of the documents that are due. The next look at what is due does the rest."""
    begun = ArchiveRequest.objects.filter(due_at__isnull=False).exclude(job="").count()
    for row in list(ArchiveRequest.objects.ready().select_related("asked_by")[:_AT_ONCE]):
        if row.job or begun < _AT_ONCE:
            begun += not row.job
            _go_on(row)


def _go_on(row: ArchiveRequest) -> None:
    if row.job:
        row.looks += 1
    else:
        row.attempts += 1
    # Before the attempt: whatever goes wrong, the next one is not at once, and they come to an end.
    due, row.due_at = row.due_at, timezone.now() + _wait(row)
    mine = ArchiveRequest.objects.filter(pk=row.pk, due_at=due)
    if not mine.update(attempts=row.attempts, looks=row.looks, due_at=row.due_at):
        return
    try:
        _ask(row)
    except StaleVersionError:
        logger.info("evidence %s was changed meanwhile: its copy is noted later", row.evidence_id)
    except ArchiveFailedError as error:
        row.job, row.looks = "", 0
        _leave_alone(row, error)
    except WorkbenchError as error:
        _leave_alone(row, error)


def _wait(row: ArchiveRequest) -> timedelta:
    """Return how long after this attempt the next one is due."""
    if row.job:
        return timedelta(seconds=LOOKS[min(row.looks, len(LOOKS) - 1)])
    return WAITS[min(row.attempts, len(WAITS)) - 1]


def _ask(row: ArchiveRequest) -> None:
    """Ask the archive for a copy, or for what became of it."""
    piece = _evidence(row.evidence_id)
    if piece.removed_at is not None or piece.archive_url:
        row.delete()
        return
    found = _require_fitting(piece)
    if not row.job or row.url != piece.url:
        row.url = piece.url
        row.job, row.looks = request_copy(piece.url, found), 0
        row.due_at = timezone.now() + timedelta(seconds=LOOKS[0])
        row.save()
        return
    address = copy_of(row.job, found)
    if address is not None:
        _note(row, piece, address)
    elif row.looks >= len(LOOKS):
        raise ArchiveError(host=found.host, why=_NOT_FINISHED)


_NOT_FINISHED = gettext_noop("it has not finished within an hour")


def _note(row: ArchiveRequest, piece: Evidence, address: str) -> None:
    """Note the address of a copy with its evidence, in the name of the person who asked for it."""
    draft = replace(EvidenceDraft.of(piece), archive_url=address)
    edit_evidence(
        actor=row.asked_by, evidence_id=piece.pk, version=piece.claim.version, evidence=draft
    )
    row.delete()


def _leave_alone(row: ArchiveRequest, error: WorkbenchError) -> None:
    """Ask the archive again later, or give up.

    If it is too busy for another page, it is left alone with all that it is still to begin.
    """
    logger.info("evidence %s is not archived yet: %s", row.evidence_id, error.code)
    tried = row.looks >= len(LOOKS) if row.job else row.attempts > len(WAITS)
    if tried or not is_temporary(error):
        row.due_at, row.error = None, as_data(error)
        row.save()
        return
    row.due_at = timezone.now() + _wait(row)
    row.save()
    if isinstance(error, ArchiveBusyError):
        seconds = float(str(error.params["seconds"]))
        until = timezone.now() + min(timedelta(seconds=seconds), _LONGEST_WAIT)
        waiting = ArchiveRequest.objects.filter(due_at__lt=until)
        waiting.filter(Q(pk=row.pk) | Q(job="")).update(due_at=until)
