"""The desk's first page: what waits for this person, what came in, and how the work goes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from claims.choices import Process, Verdict
from claims.models import Article, Claim, Decision
from claims.web.figures import Figure, Row, Series, upright

DAYS = 14
_SHOWN = 8


@dataclass(frozen=True)
class List:
    """The first claims of a list, and how many it has in all."""

    claims: Sequence[Claim]
    number: int

    @classmethod
    def of(cls, claims: QuerySet[Claim]) -> "List":
        """The list of a queryset."""
        rows = claims.select_related("source", "revision__article").defer("revision__body")
        return cls(list(rows[:_SHOWN]), claims.count())


def mine(viewer: User) -> List:
    """What is assigned to a person and still to be decided, sent back first."""
    waiting = Claim.objects.in_work().filter(assigned_to=viewer)
    back = waiting.filter(process=Process.SENT_BACK)
    pending = waiting.pending()
    return List.of((back | pending).order_by("-process", "-checkworthiness", "pk"))


def to_check(viewer: User) -> List:
    """What waits for a second check that this person may give."""
    own = Decision.objects.filter(claim=OuterRef("pk"), actor=viewer)
    newest = own.newest_of_each_claim()
    waiting = Claim.objects.in_work().filter(process=Process.WAITING)
    return List.of(waiting.filter(~Exists(newest)).order_by("touched_at", "pk"))


def newest_articles() -> QuerySet[Article]:
    """The articles that came in last."""
    return (
        Article.objects.select_related("outlet")
        .with_verdict_counts()
        .order_by("-imported_at", "-pk")[:_SHOWN]
    )


def days(today: date | None = None) -> Figure:
    """What came in and what was decided on each of the last days, in the reader's zone, oldest first."""
    today = today or timezone.localdate()
    first = today - timedelta(days=DAYS - 1)
    since = timezone.make_aware(datetime.combine(first, time.min))
    numbers: dict[date, dict[str, int]] = defaultdict(dict)
    came_in = Claim.objects.filter(revision__created_at__gte=since)
    for day, number in _by_day(came_in, "revision__created_at"):
        numbers[day]["in"] = number
    decided = Decision.objects.filter(decided_at__gte=since).exclude(verdict=Verdict.PENDING)
    for day, verdict, number in _by_day(decided, "decided_at", "verdict"):
        numbers[day][verdict] = number
    every = [first + timedelta(days=number) for number in range(DAYS)]
    return upright(
        "days",
        _("Claims that came in and decisions, by day"),
        _("Day"),
        [
            Series("verified", _("Verified")),
            Series("disputed", _("Disputed")),
            Series("in", _("Came in"), line=True),
        ],
        [Row(date_format(day, _("j M")), numbers[day], short=str(day.day)) for day in every],
    )


def _by_day(rows: QuerySet[Any], moment: str, *fields: str) -> QuerySet[Any, tuple[Any, ...]]:
    """For each day, and value of the fields, how many rows there are."""
    days = rows.annotate(day=TruncDate(moment)).values_list("day", *fields)
    counted: QuerySet[Any, tuple[Any, ...]] = days.annotate(Count("pk")).order_by()
    return counted
