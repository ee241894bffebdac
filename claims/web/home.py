"""The desk's first page: what waits for this person, what came in, and how the work goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth.models import User
from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from claims.choices import Process, Verdict
from claims.models import Article, Claim, Decision, Revision

DAYS = 14
_SHOWN = 8
_COUNTED = 1000
"""Up to how many claims of a list are counted."""
_HEIGHT = 96
"""Of the chart's bars, in its own units."""


@dataclass(frozen=True)
class Bar:
    """A part of a day's column: what it counts, how many, from where to where it is drawn."""

    verdict: str
    number: int
    top: float
    height: float


@dataclass(frozen=True)
class Day:
    """One column of the chart: the day, the claims that came in, the decisions of each verdict."""

    day: date
    came_in: int
    decided: dict[str, int]
    bars: tuple[Bar, ...]
    x: int
    line: float


@dataclass(frozen=True)
class List:
    """The first claims of a list, and how many it has in all; `more` says that it has more than that."""

    claims: Sequence[Claim]
    number: int
    more: bool

    @classmethod
    def of(cls, claims: QuerySet[Claim]) -> "List":
        """The list of a queryset."""
        rows = claims.select_related("source").prefetch_related(
            Prefetch("revision", Revision.objects.defer("body").select_related("article"))
        )
        number = claims.order_by().values("pk")[: _COUNTED + 1].count()
        return cls(list(rows[:_SHOWN]), min(number, _COUNTED), number > _COUNTED)


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


def days(today: date | None = None) -> list[Day]:
    """What came in and what was decided on each of the last days, in the reader's zone, oldest first."""
    today = today or timezone.localdate()
    first = today - timedelta(days=DAYS - 1)
    since = timezone.make_aware(datetime.combine(first, time.min))
    came_in = dict(
        Claim.objects.filter(revision__created_at__gte=since)
        .annotate(day=TruncDate("revision__created_at"))
        .values_list("day")
        .annotate(Count("pk"))
        .order_by()
    )
    decided: dict[date, dict[str, int]] = {}
    counted = (
        Decision.objects.filter(decided_at__gte=since)
        .exclude(verdict=Verdict.PENDING)
        .annotate(day=TruncDate("decided_at"))
        .values_list("day", "verdict")
        .annotate(Count("pk"))
        .order_by()
    )
    for day, verdict, number in counted:
        decided.setdefault(day, {})[verdict] = number
    every = [first + timedelta(days=number) for number in range(DAYS)]
    most = max(
        (max(came_in.get(day, 0), sum(decided.get(day, {}).values())) for day in every), default=0
    )
    return [
        _day(number, day, came_in.get(day, 0), decided.get(day, {}), _HEIGHT / max(most, 1))
        for number, day in enumerate(every)
    ]


def _day(number: int, day: date, came_in: int, decided: dict[str, int], scale: float) -> Day:
    bars = []
    top = float(_HEIGHT)
    for verdict in (Verdict.VERIFIED, Verdict.DISPUTED):
        height = decided.get(verdict.value, 0) * scale
        top -= height
        if height:
            bars.append(Bar(verdict.value, decided[verdict.value], round(top, 1), round(height, 1)))
    return Day(
        day=day,
        came_in=came_in,
        decided={verdict.value: decided.get(verdict.value, 0) for verdict in Verdict},
        bars=tuple(bars),
        x=number * 40,
        line=round(_HEIGHT - came_in * scale, 1),
    )
