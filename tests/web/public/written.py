"""A report that a chief has written, with a word of its own for each field."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from claims.actions import arrange_report, ask_second_check, second_check, write_report
from claims.choices import DraftStepKind, Verdict
from claims.models import Claim, DraftStep, Report, ReportTimestamp, SignedPdf
from claims.queries.reports.contents import arranged_claims
from claims.queries.reports.drafts.outlines import key_of, outline_of
from tests.conftest import version_of


def write(chief: User, made: Report, word: Callable[[str], str]) -> None:
    """Give a report words of its own, a heading, and something that was said about the draft: each by the name of its field."""
    write_report(
        actor=chief,
        report_id=made.pk,
        title=made.title,
        lede=word("Report.lede"),
        conclusion=word("Report.conclusion"),
    )
    claims = arranged_claims(made)
    arrange_report(
        actor=chief,
        report_id=made.pk,
        seen=key_of(outline_of(made, claims), []),
        outline=[word("Report.outline"), *(pk for pk, _headline in claims)],
    )
    DraftStep.objects.create(
        report=made,
        kind=DraftStepKind.SENT_BACK,
        note=word("DraftStep.note"),
        actor_name=word("DraftStep.actor_name"),
    )
    made.refresh_from_db()


def check(claim: Claim, editor: User, second: User, words: Any) -> None:
    """A second check of one person, asked and answered."""
    note, reason = words.word("SecondCheck.note"), words.word("SecondCheck.reason")
    ask_second_check(actor=editor, of=second, note=note, **version_of(claim))
    second_check(actor=second, verdict=Verdict.VERIFIED, reason=reason, **version_of(claim))
    for name in ("asked_by", "asked_of", "answered_by"):
        words.of[f"SecondCheck.{name}_name"] = words.of["User.first_name"]
    words.of["Notification.actor_name"] = words.of["User.first_name"]


def prove(report: Report, words: Any) -> None:
    """Give the report a timestamp and a signature, and say whose names are kept of its notices."""
    stamp = report.timestamps.create(edition="public")
    words.fill(ReportTimestamp.objects.filter(pk=stamp.pk))
    signed = report.signed_pdfs.create(edition="public", file="x", signed_at=timezone.now())
    words.fill(SignedPdf.objects.filter(pk=signed.pk))
    for name in ("Correction.published", "EarlierNotice.replaced", "TextCorrection.published"):
        words.of[f"{name}_by_name"] = words.of["User.first_name"]
