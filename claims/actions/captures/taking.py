"""Capturing documents in the background: a hostile page or file costs its own capture, and nobody waits for one."""

import logging
from datetime import timedelta
from io import BytesIO

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from claims.actions.files import digest_of, keep_file
from claims.capturing import HTML, capture, payload_of, picture_of, words_of
from claims.choices import CaptureReason
from claims.errors import ReadersBusyError, WorkbenchError, as_data, is_temporary
from claims.ingest import sandbox
from claims.ingest.types import DocumentText
from claims.models import Capture, DueCapture, Evidence, Task
from claims.outages import STORAGE_AWAY

logger = logging.getLogger(__name__)

WAITS = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=6))
"""How long until a page that gave no answer is asked for again, the first time and each time after."""
_LONGEST = Capture._meta.get_field("final_url").max_length
_AT_ONCE = 5
"""How many one task captures, so that other tasks need not wait for all of them."""


def enqueue_captures() -> None:
    """Have the documents captured that are due, unless that is being done already."""
    if DueCapture.objects.ready().exists() and not Task.under_way(capture_documents).exists():
        capture_documents.enqueue()


@task(priority=-2)
def capture_documents() -> None:
    """Capture some of the documents that are due, and enqueue the rest behind whatever else is to be done."""
    due = list(DueCapture.objects.ready().select_related("evidence")[: _AT_ONCE + 1])
    for row in due[:_AT_ONCE]:
        try:
            take_capture(row)
        except ReadersBusyError:
            return
        except OSError as error:
            if error.errno in STORAGE_AWAY:
                return
            raise
    if len(due) > _AT_ONCE:
        capture_documents.enqueue()


def take_capture(row: DueCapture) -> None:
    """Capture one document. What nobody needs any more is left alone.

    Raises:
        ReadersBusyError: too many documents are being read at the moment.
        OSError: the storage of files does not answer.
    """
    piece = _needing(row)
    if piece is None or row.attempts > len(WAITS):
        row.delete()
        return
    mine = DueCapture.objects.filter(pk=row.pk, attempts=row.attempts, due_at=row.due_at)
    row.attempts += 1
    # Before the attempt: whatever goes wrong, the next one is not at once, and they come to an end.
    row.due_at = timezone.now() + WAITS[min(row.attempts, len(WAITS)) - 1]
    if not mine.update(attempts=row.attempts, due_at=row.due_at):
        return  # Another worker was faster.
    made = Capture(key=row.key, evidence=piece, reason=row.reason, asked_by_id=row.asked_by_id)
    again = False
    try:
        if row.key == piece.sha256:
            _read_file(made)
        else:
            _fetch_page(made)
    except ReadersBusyError:
        raise
    except WorkbenchError as error:
        _fail(made, error)
        again = is_temporary(error) and row.attempts <= len(WAITS)
    with transaction.atomic():
        _compare(made)
        made.save()
        if not again:
            row.delete()


def _needing(row: DueCapture) -> Evidence | None:
    """Return the evidence whose document this is now; None without any.

    The one for which it was asked may have been removed since, or have another link. If it has become confidential since,
    its site must not learn of it, unless a person asked.
    """
    same = Q(address_key=row.key) | Q(sha256=row.key)
    pieces = Evidence.objects.not_removed().with_secrecy().filter(same)
    found = pieces.filter(pk=row.evidence_id).first() or pieces.order_by("pk").first()
    if found is None or row.reason == CaptureReason.ASKED or row.key == found.sha256:
        return found
    return None if found.is_withheld else found


def _fetch_page(made: Capture) -> None:
    made.url = made.evidence.url
    found = capture(made.url, software=settings.SOFTWARE, allow=settings.FETCH_ALLOW)
    made.fetched_at, made.status, made.content_type = found.at, found.status, found.content_type
    made.final_url = found.address[:_LONGEST]
    made.headers = [[part.replace("\x00", "") for part in header] for header in found.headers]
    file = ContentFile(found.warc)
    made.sha256, made.size = digest_of(file), len(found.warc)
    made.file = keep_file(file, made.file.storage, made.sha256)
    if settings.CAPTURE_PICTURES and found.content_type in HTML:
        _draw(made, found.warc)
    if found.words is not None:
        _describe(made, found.words)
    if found.problem is not None:
        _fail(made, found.problem)


def _draw(made: Capture, warc: bytes) -> None:
    """Keep a picture of a captured page, if it can be drawn."""
    page = payload_of(BytesIO(warc))
    try:
        inert = sandbox.inert_page(BytesIO(page.body), charset=page.charset)
    except ReadersBusyError:
        raise
    except WorkbenchError as error:
        logger.info("evidence %s has no picture: %s", made.evidence_id, error.code)
        return
    drawn = picture_of(inert, browser=settings.CAPTURE_PICTURES)
    if drawn:
        file = ContentFile(drawn)
        made.picture = keep_file(file, made.file.storage, digest_of(file))


def _read_file(made: Capture) -> None:
    piece = made.evidence
    made.content_type = piece.content_type
    with piece.file.open() as file:
        body = file.read()
    _describe(made, words_of(body, name=piece.file_name))


def _describe(made: Capture, words: DocumentText) -> None:
    made.title, made.author, made.published_at = words.title, words.author, words.published
    made.text, made.beside = words.text, words.beside


def _fail(made: Capture, error: WorkbenchError) -> None:
    logger.info("evidence %s was not captured whole: %s", made.evidence_id, error.code)
    made.error = {"code": error.code, **as_data(error)}


def _compare(made: Capture) -> None:
    """Note whether its text differs from the one captured before, apart from white space."""
    before = Capture.objects.filter(key=made.key).exclude(text="").order_by("pk").last()
    if before is not None and made.text:
        made.changed = before.text.split() != made.text.split()
