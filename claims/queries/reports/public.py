"""What the public pages ask: which report has a claim, and what else is public about it."""

from dataclasses import dataclass
from datetime import datetime

from claims.choices import Verdict
from claims.models import Report, ReportedClaim
from claims.queries.reports.editions import frozen_edition
from claims.queries.reports.terms import term_of
from claims.renderers.public import for_public, of_claim
from claims.renderers.types import Edition, Term


@dataclass(frozen=True, slots=True)
class Review:
    """A public report with a claim: the verdict that it published, and when."""

    report: Report
    verdict: Term
    published_at: datetime


def public_edition(report: Report) -> Edition:
    """Return a public report as everyone reads it."""
    return for_public(frozen_edition(report))


def edition_of_claim(claim: int) -> Edition:
    """Return a claim as everyone reads it: the newest public report with it, narrowed to it.

    Raises:
        Report.DoesNotExist: if no public report contains the claim.
    """
    newest = Report.objects.public().filter(claims__claim=claim).first()
    if newest is None:
        raise Report.DoesNotExist
    return of_claim(public_edition(newest), claim)


def reviews_of(claim: int) -> list[Review]:
    """Return the public reports with a claim, the newest first."""
    rows = ReportedClaim.objects.filter(claim=claim, report__public=True).select_related("report")
    return [
        Review(row.report, term_of(Verdict(row.verdict)), row.report.published_at)
        for row in rows.defer("report__claim_ids").order_by("-report__published_at", "-report_id")
        if row.report.published_at
    ]


def withdrawn_report(report: int) -> Report | None:
    """Return a report that was public and has been withdrawn, or None."""
    return Report.objects.withdrawn().filter(pk=report).first()


def withdrawn_claim(claim: int) -> Report | None:
    """Return the withdrawn report that had a claim last, if no public one has it."""
    return Report.objects.withdrawn().filter(claims__claim=claim).first()
