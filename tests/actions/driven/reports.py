"""Actions on reports."""

from datetime import UTC, datetime, timedelta
from typing import Any

from claims.access import Role
from claims.actions import (
    approve_report,
    draft_report,
    publish_correction,
    publish_report,
    schedule_report,
    submit_report,
    write_report,
)
from claims.choices import ReportText
from claims.errors import InvalidValueError, LookAgainError, NotPossibleError
from claims.models import Claim, Correction, Report
from claims.queries.reports.contents import arranged_claims
from claims.queries.reports.drafts.outlines import key_of, outline_of
from claims.queries.reports.editions import edition_of
from tests.actions.driven.driving import Driven, decided, somebody, with_fields

_TIME = datetime(2101, 5, 1, 6, tzinfo=UTC)
"""When a report will be published: after all tests."""


def _to_publish(claim: Claim) -> dict[str, Any]:
    """A draft over the claim's article."""
    made = Report.objects.first() or draft_report(
        actor=somebody(), title="Bridges", article=claim.revision.article
    )
    return {"report_id": made.pk}


def _seen(keywords: dict[str, Any]) -> dict[str, Any]:
    report = Report.objects.get(pk=keywords["report_id"])
    return keywords | {"seen": edition_of(actor=somebody(), report=report).digest}


def _in_order(claim: Claim) -> dict[str, Any]:
    """An order of the claims of a draft: the reverse of that in the text."""
    keywords = _to_publish(claim)
    report = Report.objects.get(pk=keywords["report_id"])
    claims = arranged_claims(report)
    outline = [pk for pk, _headline in claims][::-1]
    return keywords | {"seen": key_of(outline_of(report, claims), []), "outline": outline}


def _submitted(claim: Claim) -> dict[str, Any]:
    """A draft that awaits approval."""
    keywords = _to_publish(claim)
    submit_report(actor=somebody(), **keywords)
    return keywords


def _approved(claim: Claim) -> dict[str, Any]:
    """An approved draft, as it was seen."""
    keywords = _seen(_to_publish(claim))
    approve_report(actor=somebody(), **keywords)
    return keywords


def _scheduled(claim: Claim) -> dict[str, Any]:
    """An approved draft that will be published."""
    keywords = _approved(claim)
    schedule_report(actor=somebody(), publish_at=_TIME, public=False, **keywords)
    return {"report_id": keywords["report_id"]}


def _published(claim: Claim) -> dict[str, Any]:
    keywords = _to_publish(claim)
    publish_report(actor=somebody(), **_seen(keywords))
    return keywords


def _to_correct(claim: Claim) -> dict[str, Any]:
    """The correction that a decision after the publication opened."""
    if not Correction.objects.exists():
        _published(claim)
        decided(claim)
    correction = Correction.objects.get()
    return {"correction_id": correction.pk, "decision_id": correction.decision_id}


def _told(claim: Claim) -> dict[str, Any]:
    """A correction that has been published."""
    publish_correction(actor=somebody(), notice="We looked again.", **_to_correct(claim))
    return {"correction_id": Correction.objects.get().pk}


def _decided_claim_in_a_report(claim: Claim) -> dict[str, Any]:
    """A published report with a claim that has a verdict."""
    if not Report.objects.exists():
        decided(claim)
    return _published(claim) | {"claim_id": claim.pk}


def _with_a_lede(claim: Claim) -> dict[str, Any]:
    """A published report with a lede, and what is to be corrected of it."""
    if not Report.objects.exists():
        keywords = _to_publish(claim)
        write_report(
            actor=somebody(), title="Bridges", lede="Eight stand.", conclusion="", **keywords
        )
        publish_report(actor=somebody(), **_seen(keywords))
    report = Report.objects.get()
    return {"report_id": report.pk, "part": ReportText.LEDE, "seen": report.lede}


REPORTS = {
    "draft_report": Driven(
        role=Role.EDITOR,
        keywords=lambda claim: {"title": "Bridges", "article": claim.revision.article},
        breaks=lambda claim: {"title": "", "article": claim.revision.article},
        failure=InvalidValueError,
        log="HistoricalReport",
    ),
    # Another's draft is a chief's to change.
    "write_report": Driven(
        role=Role.CHIEF,
        keywords=with_fields(_to_publish, title="Bridges", lede="Nine stand.", conclusion=""),
        breaks=with_fields(_to_publish, title=" ", lede="", conclusion=""),
        failure=InvalidValueError,
        log="HistoricalReport",
    ),
    "arrange_report": Driven(
        role=Role.CHIEF,
        keywords=_in_order,
        breaks=with_fields(_to_publish, seen="f" * 64, outline=[]),
        failure=LookAgainError,
        log="HistoricalReport",
    ),
    # Another's draft is a chief's to change.
    "rename_report": Driven(
        role=Role.CHIEF,
        keywords=with_fields(_to_publish, title="Bridges of May"),
        breaks=with_fields(_published, title="Bridges of May"),
        failure=NotPossibleError,
        log="HistoricalReport",
    ),
    "approve_report": Driven(
        role=Role.CHIEF,
        keywords=lambda claim: _seen(_to_publish(claim)),
        breaks=with_fields(_to_publish, seen="f" * 64),
        failure=LookAgainError,
        log="HistoricalReport",
        without=Role.EDITOR,
    ),
    "submit_report": Driven(
        role=Role.CHIEF,
        keywords=with_fields(_to_publish, note="Ready."),
        breaks=with_fields(_to_publish, note="x" * 5_001),
        failure=InvalidValueError,
        log="DraftStep",
        actor_field="actor_id",
    ),
    "send_report_back": Driven(
        role=Role.CHIEF,
        keywords=with_fields(_submitted, note="The lede is missing."),
        breaks=with_fields(_submitted, note=" "),
        failure=InvalidValueError,
        log="DraftStep",
        actor_field="actor_id",
        without=Role.EDITOR,
    ),
    "schedule_report": Driven(
        role=Role.CHIEF,
        keywords=with_fields(_approved, publish_at=_TIME, public=False),
        breaks=with_fields(_approved, publish_at=_TIME - timedelta(days=36_500), public=False),
        failure=InvalidValueError,
        log="DraftStep",
        actor_field="actor_id",
        without=Role.EDITOR,
    ),
    "unschedule_report": Driven(
        role=Role.CHIEF,
        keywords=_scheduled,
        breaks=_published,
        failure=NotPossibleError,
        log="DraftStep",
        actor_field="actor_id",
        without=Role.EDITOR,
    ),
    "leave_out_waiting": Driven(
        role=Role.CHIEF,
        keywords=with_fields(_to_publish, leave_out=True),
        breaks=with_fields(_published, leave_out=True),
        failure=NotPossibleError,
        log="HistoricalReport",
        without=Role.EDITOR,
    ),
    # Another's draft is a chief's to change.
    "discard_report": Driven(
        role=Role.CHIEF,
        keywords=_to_publish,
        breaks=_published,
        failure=NotPossibleError,
        log="HistoricalReport",
    ),
    "publish_report": Driven(
        role=Role.CHIEF,
        keywords=lambda claim: _seen(_to_publish(claim)),
        breaks=with_fields(_to_publish, seen="f" * 64),
        failure=LookAgainError,
        log="HistoricalReport",
        without=Role.EDITOR,
    ),
    "set_public": Driven(
        role=Role.CHIEF,
        keywords=with_fields(_published, public=True),
        breaks=with_fields(_to_publish, public=True),
        failure=NotPossibleError,
        log="HistoricalReport",
        without=Role.EDITOR,
    ),
    "correct_fact": Driven(
        role=Role.CHIEF,
        keywords=with_fields(_decided_claim_in_a_report, notice="It is the Olm, not the Elm."),
        breaks=with_fields(_decided_claim_in_a_report, notice=" "),
        failure=InvalidValueError,
        log="Correction",
        actor_field="published_by_id",
        without=Role.EDITOR,
    ),
    "correct_text": Driven(
        role=Role.CHIEF,
        keywords=with_fields(_with_a_lede, text="Nine stand.", notice="There are nine."),
        breaks=with_fields(_with_a_lede, text="Eight stand.", notice="The same."),
        failure=InvalidValueError,
        log="TextCorrection",
        actor_field="published_by_id",
        without=Role.EDITOR,
    ),
    "correct_notice": Driven(
        role=Role.CHIEF,
        keywords=with_fields(_told, notice="We looked twice again."),
        breaks=with_fields(_told, notice=" "),
        failure=InvalidValueError,
        log="EarlierNotice",
        actor_field="replaced_by_id",
        without=Role.EDITOR,
    ),
    "publish_correction": Driven(
        role=Role.CHIEF,
        keywords=with_fields(_to_correct, notice="We looked again."),
        breaks=with_fields(_to_correct, notice=" "),
        failure=InvalidValueError,
        log="Correction",
        actor_field="published_by_id",
        without=Role.EDITOR,
    ),
}
