"""How the desk keeps up: what was decided and what came in on each day, and how old what waits is."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Value
from django.utils import timezone

from claims.choices import Verdict
from claims.models import Claim, Revision
from claims.models.base.expressions import Among
from claims.models.claims.blind import open_to_all
from claims.models.claims.querysets import ClaimQuerySet
from claims.queries.claims.conditions import DECIDED, begins, since, until

ENOUGH_DAYS = 5
"""On how many days something must have been decided: before that, a drawing of days would show nothing true."""

COUNTED = 10_000
"""Up to how many old pending claims are counted."""


@dataclass(frozen=True)
class Days:
    """What was done on some consecutive days. Verdicts that somebody is to check blind are left out, for everyone.

    Attributes:
        numbers: how many claims got their verdict ("verified", "disputed") and came in ("in") on each day.
    """

    numbers: dict[date, dict[str, int]]

    def _sum(self, key: str) -> int:
        return sum(day.get(key, 0) for day in self.numbers.values())

    @property
    def decided(self) -> int:
        """How many got their verdict."""
        return self.verified + self.disputed

    @property
    def today(self) -> int:
        """How many got it on the last day."""
        last = self.numbers[next(reversed(self.numbers))]
        return last.get(Verdict.VERIFIED, 0) + last.get(Verdict.DISPUTED, 0)

    @property
    def verified(self) -> int:
        """How many are verified."""
        return self._sum(Verdict.VERIFIED)

    @property
    def disputed(self) -> int:
        """How many are disputed."""
        return self._sum(Verdict.DISPUTED)

    @property
    def came_in(self) -> int:
        """How many came in."""
        return self._sum("in")

    @property
    def queries(self) -> dict[str, str]:
        """The filters of the claims table that list those with each verdict, with any, and those of the last day."""
        last = next(reversed(self.numbers))
        return {
            "verified": self.query(Verdict.VERIFIED.value),
            "disputed": self.query(Verdict.DISPUTED.value),
            "decided": self.query(),
            "today": self.query(day=last),
        }

    @property
    def worth_drawing(self) -> bool:
        """Whether anything was decided on so many of the days that a drawing of them shows something."""
        busy = sum(
            bool(day.get(Verdict.VERIFIED) or day.get(Verdict.DISPUTED))
            for day in self.numbers.values()
        )
        return busy >= ENOUGH_DAYS

    def query(self, verdict: str = DECIDED, day: date | None = None) -> str:
        """Return the filter of the claims table that lists those with a verdict, of one day or of all."""
        first, last = (
            (day, day) if day else (next(iter(self.numbers)), next(reversed(self.numbers)))
        )
        return urlencode(
            {"verdict": verdict, "decided_from": first.isoformat(), "decided_to": last.isoformat()}
        )


def days_of_work(every: Sequence[date]) -> Days:
    """Return what was done on some consecutive days in the reader's zone, oldest first, in three queries.

    A claim counts on the day on which it got the verdict that it has now.
    """
    numbers: dict[date, dict[str, int]] = {day: defaultdict(int) for day in every}
    for day, number in _came_in(every[0]):
        if day in numbers:
            numbers[day]["in"] += number
    decided = open_to_all(Claim.objects.active()).decided()
    parts = [_between(decided, "decided_at", day, day) for day in every]
    for place, verdict, number in _counted(parts, "verdict"):
        numbers[every[place]][verdict] += number
    return Days(numbers)


def _came_in(first: date) -> Iterator[tuple[date, int]]:
    """Return the day of each text added since a day, and how many claims to check it has."""
    texts = Revision.objects.filter(created_at__gte=begins(first)).order_by()
    came_in = dict(texts.values_list("pk", "created_at"))
    # The texts are listed and not joined, because a database that starts from the claims scans all of
    # them.
    claims = Claim.objects.active().filter(Among("revision", list(came_in))).order_by()
    made = dict(claims.values_list("revision").annotate(Count("pk")))
    zone = timezone.get_current_timezone()
    for pk, at in came_in.items():
        yield at.astimezone(zone).date(), made.get(pk, 0)


@dataclass(frozen=True)
class AgeGroup:
    """Ages of articles, in days before today.

    Attributes:
        youngest: that of the last of these articles; 0 also for those that are dated later.
        oldest: that of the first ones; None for any.
    """

    youngest: int
    oldest: int | None

    def days(self, today: date) -> tuple[date | None, date | None]:
        """Return the first and the last day of these articles; None where there is no such limit."""
        first = None if self.oldest is None else today - timedelta(days=self.oldest)
        return first, today - timedelta(days=self.youngest) if self.youngest else None


_RECENT = (AgeGroup(0, 0), AgeGroup(1, 2), AgeGroup(3, 7), AgeGroup(8, 14))
_OLD = AgeGroup(15, None)
AGE_GROUPS = (*_RECENT, _OLD)
"""The groups that pending claims are counted in, the youngest first."""


@dataclass(frozen=True)
class Waiting:
    """The pending claims whose articles are of about the same age.

    Attributes:
        ages: the ages of these articles.
        number: how many claims there are; `more` means that there are more than that.
        query: the filter of the claims table that lists them.
    """

    ages: AgeGroup
    number: int
    query: str
    more: bool = False


def ages_of_pending(today: date) -> list[Waiting]:
    """Return the pending claims by the age of their articles, the youngest first, in two queries.

    Args:
        today: the day in the reader's zone. What is dated later counts as of today.
    """
    pending = Claim.objects.active().pending()
    recent = [_between(pending, "listed_at", *ages.days(today)) for ages in _RECENT]
    numbers = dict(_counted(recent))
    old = _between(pending, "listed_at", *_OLD.days(today))
    number = old.order_by().values("pk")[: COUNTED + 1].count()
    return [
        *(
            Waiting(ages, numbers.get(place, 0), _listed(*ages.days(today)))
            for place, ages in enumerate(_RECENT)
        ),
        Waiting(_OLD, min(number, COUNTED), _listed(*_OLD.days(today)), number > COUNTED),
    ]


def _listed(first: date | None, last: date | None) -> str:
    days = {"published_from": first, "published_to": last}
    wanted = {name: day.isoformat() for name, day in days.items() if day}
    return urlencode({"verdict": Verdict.PENDING.value, **wanted})


def _between(
    claims: ClaimQuerySet, moment: str, first: date | None, last: date | None
) -> ClaimQuerySet:
    """Return the claims of the days between two, as the filters of the claims table select them."""
    claims = since(claims, moment, first) if first else claims
    return until(claims, moment, last) if last else claims


def _counted(parts: Sequence[QuerySet[Any]], *fields: str) -> QuerySet[Any, tuple[Any, ...]]:
    """Return the index of each part, the values of the fields, and the number of rows, in one query.

    Each part is one range of an index. Grouped by day, the database would compute the day of every row.
    """
    rows = [
        part.order_by()
        .annotate(place=Value(place))
        .values_list("place", *fields)
        .annotate(Count("pk"))
        for place, part in enumerate(parts)
    ]
    counted: QuerySet[Any, tuple[Any, ...]] = rows[0].union(*rows[1:], all=True)
    return counted
