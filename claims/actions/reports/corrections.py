"""What happens to published reports when their claims are decided again."""

import json
from collections.abc import Collection
from contextlib import suppress
from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.accounts.managing import workbench_account
from claims.actions.base import action
from claims.actions.reports.public_claims import sync_public_claims
from claims.actions.reports.saving import save_report
from claims.actions.reports.writing import valid_text
from claims.actions.webhooks.events import record_corrections
from claims.choices import ReportText
from claims.errors import InvalidValueError, LookAgainError, NotPossibleError
from claims.models import (
    Claim,
    Correction,
    Decision,
    EarlierNotice,
    Newsroom,
    Report,
    ReportedClaim,
    SignedPdf,
    TextCorrection,
)
from claims.models.base.expressions import Among
from claims.models.base.prepared import Prepared
from claims.models.claims.decisions import in_force
from claims.models.reports.corrections import CorrectionQuerySet
from claims.queries.accounts import display_name
from claims.queries.reports.contents import digest_of_line, line_now
from claims.queries.reports.corrections import due_updates, notice_of
from claims.queries.reports.lines import is_untold
from claims.renderers.digest import plain
from claims.renderers.types import ReportLine

LONGEST_NOTICE = 5_000

UPDATES_AFTER = timedelta(minutes=10)
"""How long after a decision an update publishes itself: time to take a slip back."""

_PUBLISH = "claims.publish_report"
_WHAT = gettext_noop("publish corrections")


_REPORTED = Prepared(
    lambda claims: ReportedClaim.objects.filter(Among("claim", [claims])).order_by("pk")
)


def sync_corrections(claims: Collection[Claim]) -> set[int]:
    """Open a correction for each published report that differs from these claims, and close those that no longer do.

    Called whenever verdicts change, in the same transaction. It runs no query if there are no claims, and one if no
    report contains them.

    Returns:
        The ids of the reports for which a correction was opened.
    """
    if not claims:
        return set()
    reported = _REPORTED.all([claim.pk for claim in claims])
    if not reported:
        return set()
    versions = {claim.pk: claim.version for claim in claims}
    decisions = Decision.objects.by_claim({one.claim_id for one in reported})
    told: dict[int, Correction] = {}
    standing: dict[int, Correction] = {}
    rows = Correction.objects.filter(reported__in=reported).select_related("decision")
    for row in rows.order_by("pk"):
        (told if row.published_at else standing)[row.reported_id] = row
    gone: list[int] = []
    opened: set[int] = set()
    for one in reported:
        last = told.get(one.pk)
        said, before = (
            (last.decision_id, last.decision.verdict) if last else (one.decision_id, one.verdict)
        )
        log = decisions[one.claim_id]
        row = standing.get(one.pk) or Correction(reported=one)
        # If later decisions were undone, the one that was published applies.
        told_of = [decision for decision in log if said and decision.pk <= said]
        version = versions[one.claim_id]
        if in_force(log, version=version) == in_force(told_of, version=version):
            gone += [row.pk] if row.pk else []
        else:
            if one.pk not in standing:
                opened.add(one.report_id)
            if row.decision_id != log[-1].pk:
                row.changed_at = timezone.now()
            row.previous_verdict, row.decision = before, log[-1]
            row.save()
    Correction.objects.filter(pk__in=gone).delete()
    SignedPdf.objects.filter(report__in={one.report_id for one in reported}).sign_again()
    return opened


@action(_PUBLISH, what=_WHAT)
def publish_correction(
    *, actor: User, correction_id: int, decision_id: int, notice: str, seen: str | None = None
) -> Correction:
    """Publish a notice on what happened to a claim of a published report. A second click does nothing.

    Where the claim is in several reports whose readers are to be told the same, all of them are. The notice takes
    along the claim as it is now, with its evidence.

    Args:
        actor: who publishes it.
        correction_id: the correction.
        decision_id: the decision that the actor saw.
        notice: the notice to readers.
        seen: the digest of the claim's contents that the actor saw, with its evidence; None if nobody looked.

    Raises:
        LookAgainError: if the claim has been changed since, or is again as it was reported.
        InvalidValueError: if the notice is empty or too long.
        NotPossibleError: if a different notice has already been published, or a second check is under way.
    """
    notice = _valid(notice)
    found = _locked().filter(pk=correction_id).first()
    if found is None or found.decision_id != decision_id:
        raise LookAgainError
    if found.published_at:
        if found.notice == notice:
            return found
        raise NotPossibleError(why=_("a correction has already been published."))
    claim = found.reported.claim
    if is_untold(claim):
        raise NotPossibleError(why=_("the claim is waiting for a second check."))
    line = _as_seen(claim, seen)
    same = _locked().open().filter(decision=decision_id, previous_verdict=found.previous_verdict)
    _publish(actor, list(same), line, notice, found.reported.report.language)
    found.refresh_from_db()
    return found


@action(_PUBLISH, what=_WHAT)
def correct_fact(
    *, actor: User, report_id: int, claim_id: int, notice: str, seen: str | None = None
) -> Correction:
    """Publish a notice that something other than the verdict was wrong in a published report.

    The claim is shown as it is now: its statement, source and evidence. A second click does nothing.

    Args:
        actor: who publishes it.
        report_id: the published report.
        claim_id: the claim in it.
        notice: the notice to readers.
        seen: as in `publish_correction`.

    Raises:
        LookAgainError: if the claim has been changed since.
        InvalidValueError: if the notice is empty or too long.
        NotPossibleError: if the claim has no verdict, or its verdict is not the published one: then that is corrected.
        ReportedClaim.DoesNotExist: if the report does not contain the claim.
    """
    notice = _valid(notice)
    reported = ReportedClaim.objects.select_related("claim", "report").get(
        report=report_id, claim=claim_id
    )
    claim = reported.claim
    # Other reports with the claim have the same words.
    rows = list(ReportedClaim.objects.filter(claim=claim).order_by("pk"))
    told = _locked().filter(reported__in=rows)
    newest = told.filter(reported=reported).order_by("pk").last()
    if newest and newest.published_at is None:
        raise NotPossibleError(
            why=_("the verdict has changed. Publish the correction of the verdict first.")
        )
    if newest and newest.notice == notice:
        return newest
    decision = newest.decision if newest else reported.decision
    if decision is None or is_untold(claim):
        raise NotPossibleError(why=_("the report says nothing about the claim yet."))
    open_ones = set(told.open().values_list("reported", flat=True))
    made = [
        Correction(reported=row, previous_verdict=decision.verdict, decision=decision)
        for row in rows
        if row.pk not in open_ones
    ]
    for one in made:
        one.changed_at = timezone.now()
    _publish(actor, made, _as_seen(claim, seen), notice, reported.report.language)
    return next(one for one in made if one.reported_id == reported.pk)


@action(_PUBLISH, what=_WHAT)
def correct_text(
    *, actor: User, report_id: int, part: ReportText, text: str, notice: str, seen: str
) -> TextCorrection:
    """Correct the lede or the conclusion of a published report, and tell readers so. A second click does nothing.

    What stood there stays readable, and in the report's history. The frozen report and its digest do not change.

    Args:
        actor: who publishes it.
        report_id: the published report.
        part: which of the two.
        text: what is to stand there, in Markdown.
        notice: the notice to readers.
        seen: what stood there when the actor looked.

    Raises:
        LookAgainError: if it has been corrected since.
        InvalidValueError: if the text has not changed or is too long, or the notice is empty or too long.
        NotPossibleError: if the report is a draft, or was published without that text.
    """
    text, notice = valid_text(part, text), _valid(notice)
    report = Report.objects.select_for_update(of=("self",)).get(pk=report_id)
    last = report.text_corrections.filter(part=part).order_by("pk").last()
    if last and (last.text, last.notice) == (text, notice):
        return last
    standing = str(getattr(report, part))
    if report.is_draft or not (standing or last):
        raise NotPossibleError(why=_("the report was published without that text."))
    if standing != valid_text(part, seen):
        raise LookAgainError
    if text == standing:
        raise InvalidValueError(why=_("the text has not been changed."))
    setattr(report, part, text)
    save_report(actor, report)
    report.signed_pdfs.sign_again()
    record_corrections([report.pk], part=part)
    return TextCorrection.objects.create(
        report=report,
        part=part,
        text=text,
        notice=notice,
        published_by=actor,
        published_by_name=display_name(actor),
    )


@action(_PUBLISH, what=_WHAT)
def correct_notice(*, actor: User, correction_id: int, notice: str) -> Correction:
    """Correct a published notice. What it said before stays readable. A second click does nothing.

    Raises:
        InvalidValueError: if the notice is empty or too long.
        NotPossibleError: if it has not been published.
    """
    notice = _valid(notice)
    found = _locked().get(pk=correction_id)
    if found.published_at is None:
        raise NotPossibleError(why=_("the notice has not been published yet."))
    if found.notice == notice:
        return found
    now = timezone.now()
    same = list(
        _locked().filter(
            decision=found.decision_id, notice=found.notice, published_at=found.published_at
        )
    )
    for one in same:
        EarlierNotice.objects.create(
            correction=one,
            notice=one.notice,
            published_at=one.told_at or now,
            replaced_at=now,
            replaced_by=actor,
            replaced_by_name=display_name(actor),
        )
        one.notice, one.notice_changed_at = notice, now
        one.save()
    _note_told(found.reported.claim_id, same)
    found.refresh_from_db()
    return found


def publish_due_updates() -> None:
    """Publish the updates that are due, if the newsroom wants that. Any worker may do it."""
    if not Newsroom.current().publish_updates:
        return
    for row in due_updates(before=timezone.now() - UPDATES_AFTER):
        # Another worker, or a chief, may have been faster; the claim may have been decided again.
        with suppress(LookAgainError, NotPossibleError):
            publish_correction(
                actor=workbench_account(),
                correction_id=row.pk,
                decision_id=row.decision_id,
                notice=notice_of(row),
            )


def _locked() -> CorrectionQuerySet:
    return Correction.objects.select_for_update(of=("self",)).select_related(
        "reported__claim", "reported__report", "decision"
    )


def _valid(notice: str) -> str:
    notice = notice.strip()
    if not notice:
        raise InvalidValueError(why=_("write the notice that readers will see."))
    if len(notice) > LONGEST_NOTICE:
        raise InvalidValueError(why=_("the notice is longer than 5,000 characters."))
    return notice


def _as_seen(claim: Claim, seen: str | None) -> ReportLine:
    """Return a claim's contents, unless they are not what the actor saw."""
    line = line_now(claim.pk)
    if seen is not None and digest_of_line(line) != seen:
        raise LookAgainError
    return line


def _publish(
    actor: User, rows: Collection[Correction], line: ReportLine, notice: str, language: str
) -> None:
    data = json.dumps(plain(line), ensure_ascii=False)
    now = timezone.now()
    for one in rows:
        one.notice, one.language, one.data, one.published_at = notice, language, data, now
        one.published_by, one.published_by_name = actor, display_name(actor)
        one.save()
    _note_told(line.id, rows)


def _note_told(claim: int, rows: Collection[Correction]) -> None:
    """Have the public lists and other systems follow what readers of some reports were just told of a claim."""
    sync_public_claims([claim])
    reports = dict.fromkeys(one.reported.report_id for one in rows)
    record_corrections(reports, part="claim", claim=claim)
