"""Signed PDFs of published reports, made by a worker where a certificate is set."""

import logging
from datetime import timedelta
from functools import partial
from hashlib import sha256

from django.conf import settings
from django.core.files.base import ContentFile
from django.db.models import Count, F, Q
from django.utils import timezone, translation
from django_tasks import task

from claims.actions.files import keep_file
from claims.errors import SigningError, TimestampError
from claims.fetching.timestamps import answer_request
from claims.messages import message_of
from claims.models import Report, SignedPdf, Task
from claims.models.reports.reports import EDITIONS, ReportQuerySet
from claims.queries.health import signing_certificate
from claims.queries.reports.editions import both_editions
from claims.renderers.digest import digest_of_contents
from claims.renderers.documents import pdf
from claims.renderers.labels import LANGUAGE
from claims.renderers.signatures.certificates import SigningCertificate
from claims.renderers.types import Edition

logger = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(minutes=15)
"""How long after an attempt that failed it is tried again."""
_AT_ONCE = 5
"""Of how many reports one task signs the PDFs."""


def enqueue_signatures() -> None:
    """Have the PDFs signed that are not yet, or say something else now, unless there is no valid certificate."""
    if _valid_certificate() is None:
        return
    if not Task.under_way(sign_reports).exists() and _due().exists():
        sign_reports.enqueue()


@task(priority=-2)
def sign_reports() -> None:
    """Sign the PDFs of some reports, the newest first. The next look at what is due does the rest."""
    certificate = _valid_certificate()
    if certificate is None:
        return
    for report in list(_due()[:_AT_ONCE]):
        # Before the report is read.
        rows = {kind: _begun(report, kind) for kind in EDITIONS}
        with translation.override(LANGUAGE):
            for edition in both_editions(report):
                _sign(rows[edition.kind], edition, certificate)


def _valid_certificate() -> SigningCertificate | None:
    """Return the certificate; None if there is none, or it is not valid today, which the status page says."""
    certificate = signing_certificate()
    if certificate is None:
        return None
    try:
        certificate.require_valid(timezone.now())
    except SigningError:
        return None
    return certificate


def _due() -> ReportQuerySet:
    """Return the published reports of which an edition is to be signed, and no attempt has just failed."""
    settled = Q(signed_pdfs__seen=F("signed_pdfs__changes")) | Q(
        signed_pdfs__tried_at__gt=timezone.now() - AGAIN_AFTER
    )
    found = Report.objects.published().annotate(settled=Count("signed_pdfs", filter=settled))
    return found.filter(settled__lt=len(EDITIONS)).order_by("-published_at", "-pk")


def _begun(report: Report, kind: str) -> SignedPdf:
    begun = {"tried_at": timezone.now(), "problem": ""}
    row, _made = SignedPdf.objects.update_or_create(report=report, edition=kind, defaults=begun)
    return row


def _sign(row: SignedPdf, edition: Edition, certificate: SigningCertificate) -> None:
    contents = digest_of_contents(edition)
    this = SignedPdf.objects.filter(pk=row.pk)
    # What changed after the row was read makes it due again.
    looked = {"seen": row.changes, "tried_at": None}
    if row.signed_at and row.contents == contents:
        this.update(**looked)
        return
    try:
        signed = _signed(edition, certificate)
    except TimestampError as error:
        problem = message_of(error)
        this.update(problem=problem)
        logger.warning("report %s is not signed yet: %s", row.report_id, problem)
        return
    before, storage = row.file.name or "", row.file.storage
    name = sha256(signed).hexdigest()
    this.update(
        contents=contents,
        file=keep_file(ContentFile(signed, name), storage, name),
        signer=certificate.name[:300],
        certificate=certificate.fingerprint,
        has_timestamp=bool(settings.TIMESTAMP_AUTHORITY),
        signed_at=timezone.now(),
        **looked,
    )
    if before and before != name:
        storage.delete(before)


def _signed(edition: Edition, certificate: SigningCertificate) -> bytes:
    # It takes a while to load, and only those need it who sign.
    from claims.renderers.signatures.signing import sign_pdf

    stamp = partial(
        answer_request,
        authority=settings.TIMESTAMP_AUTHORITY,
        certificates=settings.TIMESTAMP_CERTIFICATES,
    )
    return sign_pdf(
        b"".join(pdf.write(edition)),
        certificate,
        name=edition.report.newsroom.name,
        reason=f"SHA-256 {edition.digest}",
        stamp=stamp if settings.TIMESTAMP_AUTHORITY else None,
    )
