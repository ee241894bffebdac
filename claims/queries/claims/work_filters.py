"""Filters of claims by who is to do what by when, and by who did it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import django_filters as filters
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from claims.choices import ReviewStatus, Verdict
from claims.models import Claim, Decision, SecondCheck
from claims.models.base.expressions import Among
from claims.models.claims.blind import open_to_all
from claims.models.claims.querysets import ClaimQuerySet
from claims.queries.claims.conditions import begins, few

LATE, TODAY, WEEK, DATED = "late", "today", "week", "dated"
ANYONE = "anyone"
ME = "me"
SAME, OTHER = "same", "other"


def due_filter() -> filters.ChoiceFilter:
    """The filter by the day by which a claim is to be decided. Only `DATED` finds claims that are decided."""
    return filters.ChoiceFilter(
        label=gettext_lazy("Due"),
        choices=[
            (LATE, gettext_lazy("Overdue")),
            (TODAY, gettext_lazy("Today or overdue")),
            (WEEK, gettext_lazy("Within a week or overdue")),
            (DATED, gettext_lazy("Has a due date")),
        ],
        method=by_due_date,
        empty_label=gettext_lazy("Any"),
    )


def asked_filter() -> filters.ChoiceFilter:
    """The filter by the person of whom a second check is requested. The people are only known with the form."""
    return filters.ChoiceFilter(
        label=gettext_lazy("Second check requested of"),
        method="_asked",
        empty_label=gettext_lazy("Any"),
    )


def decided_by_filter() -> filters.ChoiceFilter:
    """The filter by the person who decided. The people are only known with the form."""
    return filters.ChoiceFilter(
        label=gettext_lazy("Decided by"), method="_decided_by", empty_label=gettext_lazy("Anyone")
    )


def checked_filter() -> filters.ChoiceFilter:
    """The filter by whether a second check came to the same verdict."""
    return filters.ChoiceFilter(
        label=gettext_lazy("Second check"),
        choices=[
            (SAME, gettext_lazy("Came to the same verdict")),
            (OTHER, gettext_lazy("Came to a different verdict")),
        ],
        method=with_the_others,
        empty_label=gettext_lazy("Any"),
    )


def by_due_date(claims: ClaimQuerySet, _name: str, when: str) -> ClaimQuerySet:
    """Those that are late, due soon, or due at all."""
    wanted = Q(due_on__isnull=False)
    if when != DATED:
        today = timezone.localdate()
        last = {LATE: today - timedelta(days=1), TODAY: today, WEEK: today + timedelta(days=7)}
        to_decide = Q(verdict=Verdict.PENDING) | Q(review_status=ReviewStatus.SENT_BACK)
        wanted &= Q(due_on__lte=last[when]) & to_decide
    found = few(Claim.objects.filter(wanted).values_list("pk", flat=True))
    return claims.filter(wanted if found is None else Among("pk", found))


def asked_of(claims: ClaimQuerySet, who: str, viewer: User) -> ClaimQuerySet:
    """Those that wait for a second check by a person, `ME`, or `ANYONE`."""
    person = {ANYONE: None, ME: viewer.pk}[who] if who in {ANYONE, ME} else int(who)
    waiting = SecondCheck.objects.waiting().filter(asked_of=person).order_by()
    found = Among("pk", list(waiting.values_list("claim", flat=True)))
    return claims.filter(found, review_status=ReviewStatus.WAITING)


def decided_by(claims: ClaimQuerySet, person: int) -> ClaimQuerySet:
    """Those with a verdict whose newest decision is a person's. Nobody finds one that is being checked blind."""
    theirs = Decision.objects.filter(actor=person).newest_of_each_claim()
    return open_to_all(claims).decided().filter(_of_claims(theirs))


def with_the_others(claims: ClaimQuerySet, _name: str, _value: object) -> ClaimQuerySet:
    """Leave it to `by_second_check`: what is asked of second checks is asked of one and the same check."""
    return claims


def by_second_check(claims: ClaimQuerySet, chosen: Mapping[str, Any]) -> ClaimQuerySet:
    """Those with one second check that came to the same verdict or to another one, and was answered in a period.

    Args:
        claims: the claims to select from.
        chosen: the values of all filters by their names, of which "checked", "checked_from" and "checked_to" are read.
    """
    came_to, first, last = (chosen.get(name) for name in ("checked", "checked_from", "checked_to"))
    if not (came_to or first or last):
        return claims
    checks = SecondCheck.objects.answered()
    if came_to:
        same = SecondCheck.objects.agreed()
        checks = same if came_to == SAME else checks.exclude(pk__in=same)
    if first:
        checks = checks.filter(answered_at__gte=begins(first))
    if last:
        checks = checks.filter(answered_at__lt=begins(last + timedelta(days=1)))
    return open_to_all(claims).filter(_of_claims(checks))


def _of_claims(rows: QuerySet[Any, Any]) -> Among | Exists:
    """Return the condition that a claim is one of those that some rows are about."""
    found = few(rows.values_list("claim", flat=True))
    return Exists(rows.filter(claim=OuterRef("pk"))) if found is None else Among("pk", found)
