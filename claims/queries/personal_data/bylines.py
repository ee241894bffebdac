"""Whom public pages name: people who agree to it."""

from django.db.models import QuerySet

from claims.choices import ReviewStatus
from claims.models import Byline, Claim, Decision, Report, SecondCheck
from claims.renderers.types import APPROVED, CHECKED, WRITTEN
from claims.renderers.types import Byline as BylineLine


def people() -> QuerySet[Byline]:
    """Return the people whom public pages name, by name."""
    return Byline.objects.shown()


def bylines_of(report: Report) -> tuple[BylineLine, ...]:
    """Return who wrote, checked and approved a published report, as far as they agree today to be named.

    Whoever decided a claim whose second check is open is not named for it: they are nobody beside its verdict.
    """
    names = dict(people().values_list("person", "name"))
    if not names:
        return ()
    parts = (
        (WRITTEN, {report.made_by_id}),
        (CHECKED, _checkers(report)),
        (APPROVED, {report.approved_by_id}),
    )
    return tuple(
        BylineLine(part, name)
        for part, persons in parts
        for person, name in names.items()
        if person in persons
    )


def waiting_in_public() -> QuerySet[Claim]:
    """Return the claims of public reports whose second check is open, in the order of their ids."""
    waiting = Claim.objects.filter(
        review_status=ReviewStatus.WAITING, reported__report__public=True
    )
    return waiting.distinct().order_by("pk")


def _checkers(report: Report) -> set[int | None]:
    """Return who decided the report's claims as it published them, and who checked that before it did."""
    reported = report.claims.exclude(claim__review_status=ReviewStatus.WAITING)
    decided = Decision.objects.filter(pk__in=reported.values("decision"))
    checked = SecondCheck.objects.answered().filter(
        claim__in=reported.values("claim"), answered_at__lte=report.published_at
    )
    return {
        *decided.order_by().values_list("actor", flat=True).distinct(),
        *checked.order_by().values_list("answered_by", flat=True).distinct(),
    }
