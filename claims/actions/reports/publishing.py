"""Publishing a report, and making it public."""

from dataclasses import replace

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.actions.reports.drafts import save_report
from claims.errors import LookAgainError, NotPossibleError
from claims.models import (
    Report,
    ReportedClaim,
    Snapshot,
)
from claims.queries.accounts import display_name
from claims.queries.reports.contents import (
    claims_of,
    draft_of,
    newest_decisions,
)
from claims.renderers.digest import canonical, digest

_PUBLISH = "claims.publish_report"


@action(_PUBLISH, what=gettext_noop("publish reports"))
def publish_report(*, actor: User, report_id: int, seen: str) -> Report:
    """Freeze a report as the actor saw it. A second click does nothing.

    Args:
        actor: who publishes it.
        report_id: the draft.
        seen: the digest of the draft that the actor saw.

    Raises:
        LookAgainError: if anything in it has changed since.
        NotPossibleError: if it has no claims.
    """
    report = Report.objects.select_for_update(of=("self",)).get(pk=report_id)
    if not report.is_draft:
        return report
    # The claims must not change either between the check and the freezing.
    claims = list(claims_of(report).select_for_update(of=("self",)).values_list("pk", flat=True))
    draft = draft_of(report)
    if draft.digest != seen:
        raise LookAgainError
    if not claims:
        raise NotPossibleError(why=_("the report has no claims."))
    now = timezone.now()
    made = replace(draft.report, made_by=display_name(actor), created_at=now)
    data = canonical(made)
    report.published_by, report.published_by_name, report.published_at = (
        actor,
        display_name(actor),
        now,
    )
    report.number_of_claims = len(made.lines)
    save_report(actor, report)
    Snapshot.objects.create(report=report, data=data.decode(), digest=digest(data))
    newest = newest_decisions(claims)
    ReportedClaim.objects.bulk_create(
        ReportedClaim(
            report=report,
            claim_id=line.id,
            verdict=line.verdict.code,
            # A verdict that must not be known yet depends on no decision here.
            decision_id=newest.get(line.id) if line.checked_at else None,
        )
        for line in made.lines
    )
    return report


@action(_PUBLISH, what=gettext_noop("make reports public"))
def set_public(*, actor: User, report_id: int, public: bool) -> Report:
    """Make a published report public, readable without an account, or undo that.

    Raises:
        NotPossibleError: if it is a draft, or no public address is set.
    """
    report = Report.objects.select_for_update(of=("self",)).get(pk=report_id)
    if report.is_draft:
        raise NotPossibleError(why=_("publish the report first."))
    if public and not settings.PUBLIC_URL:
        raise NotPossibleError(
            why=_(
                "there is no public address yet. An administrator can set it with PUBLIC_URL in the server's environment."
            )
        )
    if report.public != public:
        report.public = public
        save_report(actor, report)
    return report
