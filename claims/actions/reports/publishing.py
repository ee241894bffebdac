"""Publishing a report, and making it public."""

from dataclasses import replace

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.actions.captures.wanting import want_published
from claims.actions.reports.public_claims import sync_public_claims
from claims.actions.reports.saving import save_report
from claims.actions.webhooks.events import record_publication
from claims.choices import DraftStage
from claims.errors import InvalidValueError, LookAgainError, NotPossibleError
from claims.models import (
    Report,
    ReportedClaim,
    Snapshot,
)
from claims.queries.accounts import display_name
from claims.queries.personal_data.bylines import bylines_of
from claims.queries.reports.contents import (
    claims_of,
    documents_of,
    draft_of,
    newest_decisions,
)
from claims.renderers.digest import canonical, digest
from claims.renderers.types import Edition

_PUBLISH = "claims.publish_report"


@action(_PUBLISH, what=gettext_noop("publish reports"))
def publish_report(*, actor: User, report_id: int, seen: str, public: bool = False) -> Report:
    """Freeze a report as the actor saw it, and make it public if asked to: both or neither. A second click does nothing.

    Args:
        actor: who publishes it.
        report_id: the draft.
        seen: the digest of the draft that the actor saw.
        public: whether everyone may read it at once.

    Who approved it is who approved the same draft, or else who publishes it.

    Raises:
        LookAgainError: if anything in it has changed since.
        NotPossibleError: if it has no claims, or some whose second check is under way: their verdicts could not be
            told; they can be left out. Also if it is to be public and there is no public address.
    """
    report = Report.objects.select_for_update(of=("self",)).get(pk=report_id)
    if not report.is_draft:
        return report
    # The claims must not change either between the check and the freezing.
    claims = list(claims_of(report).select_for_update(of=("self",)).values_list("pk", flat=True))
    draft = draft_of(report)
    if draft.digest != seen:
        raise LookAgainError
    require_publishable(draft)
    now = timezone.now()
    if report.stage != DraftStage.APPROVED or report.approved_digest != seen:
        report.approved_by, report.approved_by_name = actor, display_name(actor)
        report.approved_at, report.approved_digest = now, seen
    report.published_by, report.published_by_name = actor, display_name(actor)
    report.published_at = now
    report.stage, report.publish_at = DraftStage.APPROVED, None
    report.number_of_claims = len(draft.report.lines)
    save_report(actor, report)
    newest = newest_decisions(claims)
    ReportedClaim.objects.bulk_create(
        ReportedClaim(
            report=report,
            claim_id=line.id,
            verdict=line.verdict.code,
            # A verdict that must not be known yet depends on no decision here.
            decision_id=newest.get(line.id) if line.checked_at else None,
        )
        for line in draft.report.lines
    )
    made = replace(
        draft.report,
        approved_by=report.approved_by_name,
        published_by=report.published_by_name,
        published_at=now,
        bylines=bylines_of(report),
    )
    data = canonical(made)
    Snapshot.objects.create(report=report, data=data.decode(), digest=digest(data))
    want_published(actor, documents_of(made))
    if public:
        return set_public(actor=actor, report_id=report.pk, public=True)
    record_publication(report)
    return report


def require_publishable(draft: Edition) -> None:
    """Raise `NotPossibleError` for a draft without claims, or with some whose second check is under way."""
    if not draft.report.lines:
        raise NotPossibleError(why=_("the report has no claims."))
    if any(line.waiting for line in draft.report.lines):
        raise NotPossibleError(
            why=_(
                "a second check of some of its claims is under way. Wait for it, or leave these claims out."
            )
        )


@action(_PUBLISH, what=gettext_noop("make reports public"))
def set_public(*, actor: User, report_id: int, public: bool, notice: str = "") -> Report:
    """Make a published report public, readable without an account, or withdraw it: its pages then say so.

    Args:
        actor: who does it.
        report_id: the report.
        public: whether everyone may read it.
        notice: if it is withdrawn, why: readers see that at its address. Required then.

    Raises:
        NotPossibleError: if it is a draft, or no public address is set.
        InvalidValueError: if a report that is withdrawn has no notice.
    """
    notice = notice.strip()
    report = Report.objects.select_for_update(of=("self",)).get(pk=report_id)
    if report.is_draft:
        raise NotPossibleError(why=_("publish the report first."))
    if public and not settings.PUBLIC_URL:
        raise NotPossibleError(
            why=_(
                "there is no public address yet. An administrator can set it with PUBLIC_URL in the server's environment."
            )
        )
    if report.public == public:
        return report
    if not public and not notice:
        raise InvalidValueError(why=_("write for readers why the report was withdrawn."))
    report.public = public
    report.withdrawn_at = None if public else timezone.now()
    report.withdrawal = "" if public else notice
    save_report(actor, report)
    sync_public_claims(report.claims.values_list("claim", flat=True))
    record_publication(report)
    return report
