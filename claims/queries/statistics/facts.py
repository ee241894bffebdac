"""What was kept of the days of a period, of the claims that were chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import pairwise

import numpy as np
from django.db.models import QuerySet

from claims.models import Claim, DailyCount, StaleDay
from claims.models.claims.blind import waiting_blind
from claims.models.statistics import CHECKED, COUNTED, DECIDED, PENDING, PUBLISHED
from claims.queries.claims.conditions import begins
from claims.queries.statistics.kept import KINDS, Array, count_days, minute_of, unpacked

FRESH = 20
"""How many days are counted for a page if they have changed since they were kept; a worker counts the rest."""


@dataclass(frozen=True)
class Period:
    """Some whole weeks until a day. Weeks begin on Monday in the reader's zone; the last one may not be over.

    Attributes:
        weeks: their Mondays, oldest first.
        today: the last day.
    """

    weeks: Sequence[date]
    today: date

    @classmethod
    def until(cls, today: date, weeks: int) -> "Period":
        """The period of so many weeks that ends with a day."""
        monday = today - timedelta(days=today.weekday())
        return cls([monday - timedelta(weeks=back) for back in reversed(range(weeks))], today)

    @property
    def first(self) -> date:
        """Its first day."""
        return self.weeks[0]

    @property
    def days(self) -> list[date]:
        """Its days until today."""
        return [
            self.first + timedelta(days=day) for day in range((self.today - self.first).days + 1)
        ]

    @property
    def end(self) -> datetime:
        """The moment at which its last day is over."""
        return begins(self.today + timedelta(days=1))

    def week_of(self, monday: date) -> tuple[date, date]:
        """The first and the last day of one of its weeks."""
        return monday, min(monday + timedelta(days=6), self.today)


@dataclass(frozen=True)
class Chosen:
    """Of which claims the figures are. None is any; `kind` "" is the article's own voice.

    Attributes:
        outlet: the id of the outlet of their articles.
        desk: the id of the desk of their articles.
        kind: the kind of their sources.
        person: the id of the account that decided them or, while they are pending, that they are assigned to.
    """

    outlet: int | None = None
    desk: int | None = None
    kind: str | None = None
    person: int | None = None

    def among(self, rows: Array) -> Array:
        """Return those of some rows that are of these claims."""
        wanted = {
            "outlet": self.outlet,
            "desk": self.desk,
            "kind": None if self.kind is None else KINDS.index(self.kind),
            "person": self.person,
        }
        for name, value in wanted.items():
            if value is not None:
                rows = rows[rows[name] == value]
        return rows


def places_in(rows: Array, days: Sequence[date], end: datetime) -> Array:
    """Return in which part each row is: on or after a day, and before the next one. Before all, it is -1.

    Args:
        rows: the rows, in any order.
        days: the first day of each part, in the reader's zone, oldest first.
        end: when the last part is over.
    """
    edges = [minute_of(begins(day)) for day in days] + [minute_of(end)]
    places: Array = np.searchsorted(np.array(edges, np.int32), rows["at"], side="right") - 1
    # Of so few parts, short numbers are enough, which NumPy sorts several times faster.
    return places.astype(np.int16)


def in_parts(rows: Array, days: Sequence[date], end: datetime) -> list[Array]:
    """Return rows by these parts. Arguments are as in `places_in`."""
    places = places_in(rows, days, end)
    # Sorted once: to look for each day among all rows would take as long again for each.
    order = np.argsort(places, kind="stable")
    edges = np.searchsorted(places[order], np.arange(len(days) + 1))
    ordered = rows[order]
    return [ordered[first:last] for first, last in pairwise(edges)]


@dataclass(frozen=True)
class Facts:
    """What was kept of a period, read once and only where a figure asks for it.

    Attributes:
        period: the period.
        chosen: of which claims.
    """

    period: Period
    chosen: Chosen = field(default_factory=Chosen)

    @cached_property
    def decided(self) -> Array:
        """The claims that were decided in the period."""
        return self._of_period(DECIDED)

    @cached_property
    def checked(self) -> Array:
        """The second checks that were answered in the period."""
        return self._of_period(CHECKED)

    @cached_property
    def published(self) -> Array:
        """The claims that were published in the period, and the corrections."""
        return self._of_period(PUBLISHED)

    @cached_property
    def pending(self) -> Array:
        """The claims that are pending now, of any day."""
        return self.chosen.among(self._kept(PENDING, DailyCount.objects.filter(what=PENDING)))

    @property
    def left_out(self) -> int:
        """How many claims are in no figure because they wait for a blind second check."""
        return waiting_blind(Claim.objects.active()).count()

    @property
    def behind(self) -> int:
        """How many days have changed since they were kept and are not counted for this page: a worker will do it."""
        return len({day for days in self._stale.values() for day in days[FRESH:]})

    def by_week(self, rows: Array) -> list[Array]:
        """Return rows by the weeks of the period."""
        return in_parts(rows, self.period.weeks, self.period.end)

    def weeks_of(self, rows: Array) -> Array:
        """Return in which week of the period each row is."""
        return places_in(rows, self.period.weeks, self.period.end)

    @cached_property
    def _stale(self) -> Mapping[str, Sequence[date]]:
        """The days that are to be counted again, the newest first."""
        noted = StaleDay.objects.values_list("what", "day").distinct().order_by("-day", "what")
        days: dict[str, list[date]] = {what: [] for what in COUNTED}
        for what, day in noted:
            days[what].append(day)
        return days

    def _of_period(self, what: str) -> Array:
        """Return what was kept of the moments of the period."""
        begin, end = begins(self.period.first), self.period.end
        # Its days in UTC, of which the outermost reach beyond it.
        first, last = (moment.astimezone(UTC).date() for moment in (begin, end))
        days = DailyCount.objects.filter(what=what, day__gte=first, day__lte=last)
        rows = self._kept(what, days, first, last)
        inside = (rows["at"] >= minute_of(begin)) & (rows["at"] < minute_of(end))
        return self.chosen.among(rows[inside])

    def _kept(
        self,
        what: str,
        days: "QuerySet[DailyCount]",
        first: date = date.min,
        last: date = date.max,
    ) -> Array:
        changed = [day for day in self._stale[what][:FRESH] if first <= day <= last]
        kept = days.exclude(day__in=changed) if changed else days
        pieces = [bytes(data) for data in kept.order_by("day").values_list("data", flat=True)]
        if changed:
            pieces.append(count_days(what, changed))
        return unpacked(what, b"".join(pieces))
