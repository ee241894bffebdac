"""Rows of reports and of what everyone reads that the database itself refuses to store."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import (
    DraftStep,
    EarlierNotice,
    PublicClaim,
    ReportTimestamp,
    SignedPdf,
    Snapshot,
    TextCorrection,
)
from tests.models import rows


def _reported_twice(user: User) -> None:
    first = rows.reported(rows.claim(rows.revision(user)), user)
    rows.reported(first.claim, user, report=first.report)


def _text_correction(user: User, **fields: Any) -> TextCorrection:
    values = {"part": "lede", "notice": "It was wrong."} | fields
    return TextCorrection.objects.create(report=rows.report(user), **values)


def _two_open_corrections(user: User) -> None:
    first = rows.correction(rows.claim(rows.revision(user)), user)
    rows.correction(first.reported.claim, user, reported=first.reported, decision=first.decision)


def _timestamp(*, times: int = 1, **fields: object) -> Callable[[User], None]:
    def stamp(user: User) -> None:
        report = rows.report(user)
        for _time in range(times):
            ReportTimestamp.objects.create(report=report, **{"edition": "public", **fields})

    return stamp


def _signed_pdf(times: int = 1, **fields: object) -> Callable[[User], None]:
    def signed_pdf(user: User) -> None:
        report = rows.report(user)
        for _time in range(times):
            SignedPdf.objects.create(report=report, **{"edition": "public", **fields})

    return signed_pdf


def _step(**fields: object) -> Callable[[User], None]:
    def step(user: User) -> None:
        DraftStep.objects.create(report=rows.report(user), actor_name="Edda", **fields)

    return step


def _public_claim_without_verdict(user: User) -> None:
    claim = rows.claim(rows.revision(user))
    PublicClaim.objects.create(
        claim=claim,
        report=rows.report(user),
        verdict="pending",
        changed_at=timezone.now(),
        statement="It is closed.",
    )


REFUSED_OF_REPORTS: list[tuple[str, Callable[[User], object]]] = [
    ("report_stage_known", lambda user: rows.report(user, stage="asleep")),
    ("report_undecided_known", lambda user: rows.report(user, undecided="maybe")),
    ("report_scheduled_is_approved", lambda user: rows.report(user, publish_at=timezone.now())),
    ("draft_step_kind_known", _step(kind="asleep")),
    ("draft_step_sent_back_says_why", _step(kind="sent-back")),
    ("report_has_title", lambda user: rows.report(user, title="")),
    ("report_public_is_published", lambda user: rows.report(user, public=True)),
    (
        "snapshot_has_digest",
        lambda user: Snapshot.objects.create(report=rows.report(user), data="{}", digest=""),
    ),
    ("reported_claim_once", _reported_twice),
    (
        "reported_verdict_known",
        lambda user: rows.reported(rows.claim(rows.revision(user)), user, verdict="maybe"),
    ),
    ("correction_open_once", _two_open_corrections),
    (
        "correction_published_tells",
        lambda user: rows.correction(
            rows.claim(rows.revision(user)), user, published_at=timezone.now()
        ),
    ),
    (
        "correction_verdict_known",
        lambda user: rows.correction(
            rows.claim(rows.revision(user)), user, previous_verdict="maybe"
        ),
    ),
    (
        "earlier_notice_tells",
        lambda user: EarlierNotice.objects.create(
            correction=rows.correction(rows.claim(rows.revision(user)), user),
            notice="",
            published_at=timezone.now(),
        ),
    ),
    ("text_correction_tells", lambda user: _text_correction(user, notice="")),
    ("text_correction_part_known", lambda user: _text_correction(user, part="title")),
    ("report_withdrawn_says_why", lambda user: rows.report(user, withdrawal="It was wrong.")),
    ("timestamp_once_an_edition", _timestamp(times=2)),
    ("timestamp_edition_known", _timestamp(edition="secret")),
    (
        "timestamp_given_has_no_problem",
        _timestamp(stamped_at=timezone.now(), problem="It did not answer."),
    ),
    ("signed_pdf_once_an_edition", _signed_pdf(times=2)),
    ("signed_pdf_edition_known", _signed_pdf(edition="secret")),
    ("signed_pdf_is_there", _signed_pdf(signed_at=timezone.now())),
    ("public_claim_has_verdict", _public_claim_without_verdict),
]
"""What breaks each named constraint."""
