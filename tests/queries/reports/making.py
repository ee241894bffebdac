"""Reports on claims, and what is done to the claims before."""

from django.contrib.auth.models import User

from claims.actions import (
    confirm_match,
    draft_report,
    publish_report,
    set_public,
    take_over_verdict,
)
from claims.models import Claim, ClaimMatch, Decision, Report
from claims.queries.reports.editions import edition_of, frozen_edition, report_of
from claims.renderers.public import for_public
from claims.renderers.types import Edition, ReportLine
from claims.renderers.types import Report as ReportData
from tests.conftest import version_of


def report_on(actor: User, *claims: Claim) -> ReportData:
    """A report on these claims as they stand."""
    chosen = Claim.objects.filter(pk__in=[claim.pk for claim in claims])
    return report_of(actor=actor, claims=chosen, title="Bridges").report


def line_of(actor: User, claim: Claim) -> ReportLine:
    """A claim as a report on it alone contains it."""
    (line,) = report_on(actor, claim).lines
    return line


def published(actor: User, title: str, *claims: Claim) -> Report:
    """A public report on these claims."""
    chosen = Claim.objects.filter(pk__in=[claim.pk for claim in claims])
    made = draft_report(actor=actor, title=title, claims=chosen)
    seen = edition_of(actor=actor, report=made).digest
    publish_report(actor=actor, report_id=made.pk, seen=seen)
    return set_public(actor=actor, report_id=made.pk, public=True)


def public(report: Report) -> Edition:
    """A report as everyone reads it now."""
    report.refresh_from_db()
    return for_public(frozen_edition(report))


def take_over(actor: User, claim: Claim, match: ClaimMatch) -> Decision:
    """Take a verdict over."""
    return take_over_verdict(actor=actor, match_id=match.pk, **version_of(claim))


def confirm(actor: User, match: ClaimMatch) -> None:
    """Confirm a match."""
    confirm_match(
        actor=actor, match_id=match.pk, **version_of(Claim.objects.get(pk=match.later_id))
    )
