"""How many claims have which verdict in a period: by week, source kind and outlet."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Value
from django.utils import timezone

from claims.choices import Verdict
from claims.models import Claim, Outlet
from claims.models.claims.blind import hidden_from
from claims.models.claims.querysets import ClaimQuerySet
from claims.queries.claims.conditions import begins

Numbers = Mapping[str, int]
"""How many, by verdict; a verdict that is not there has none."""

_OUTLETS = 10
"""How many outlets are counted by name."""


@dataclass(frozen=True)
class OutletNumbers:
    """How many claims of the articles of outlets have which verdict.

    Attributes:
        named: the outlets with the most claims, by name, the most frequent first.
        others: all other outlets together; None where there are none.
        unknown: articles without an outlet; None where there are none.
    """

    named: Sequence[tuple[str, Numbers]]
    others: Numbers | None
    unknown: Numbers | None


@dataclass(frozen=True)
class PeriodNumbers:
    """How many claims of a period have which verdict.

    Attributes:
        last: its last day.
        weeks: the numbers by the Monday of each week, oldest first; the first of them is the period's first day.
        verdicts: all of them together.
        kinds: by source kind, the most frequent first; "" is the article's own voice.
        outlets: by outlet.
    """

    last: date
    weeks: Mapping[date, Numbers]
    verdicts: Numbers
    kinds: Sequence[tuple[str, Numbers]]
    outlets: OutletNumbers

    @property
    def first(self) -> date:
        """Its first day."""
        return next(iter(self.weeks))

    @property
    def total(self) -> int:
        """How many claims it has."""
        return sum(self.verdicts.values())


def count_period(viewer: User, weeks: int, today: date | None = None) -> PeriodNumbers:
    """The claims of the articles of the last weeks that the desk checks, in five queries at most whatever their number.

    Weeks begin on Monday in the reader's zone, and the current one is the last. What the viewer is to check blind
    counts as pending.

    Args:
        viewer: who looks.
        weeks: how many.
        today: the last day, if it is not the real one.
    """
    today = today or timezone.localdate()
    mondays = [
        today - timedelta(days=today.weekday()) - timedelta(weeks=back)
        for back in reversed(range(weeks))
    ]
    claims = Claim.objects.active()
    edges = [begins(day) for day in [*mondays, mondays[-1] + timedelta(weeks=1)]]
    period = claims.filter(listed_at__gte=edges[0], listed_at__lt=edges[-1])
    by = _Counted(_rows(claims, edges))
    if hidden := hidden_from(viewer, period):
        by.hide(period.filter(pk__in=hidden), edges)
    return PeriodNumbers(
        last=today,
        weeks={day: by.week[place] for place, day in enumerate(mondays)},
        verdicts=by.verdict,
        kinds=[(kind, by.kind[kind]) for kind in _most_first(by.kind)],
        outlets=_outlets(by.outlet),
    )


def _rows(claims: ClaimQuerySet, edges: list[datetime]) -> Iterator[tuple[Any, ...]]:
    """Week, verdict, source kind, outlet and number: one query, with a part a week that is one piece of the index."""
    parts = [
        claims.filter(listed_at__gte=begin, listed_at__lt=end)
        .order_by()
        .annotate(week=Value(place))
        .values_list("week", "verdict", "source_kind", "outlet")
        .annotate(number=Count("*"))
        for place, (begin, end) in enumerate(pairwise(edges))
    ]
    return iter(parts[0].union(*parts[1:], all=True))


class _Counted:
    """Adds the numbers up by week, verdict, source kind and outlet."""

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self.verdict: Counter[str] = Counter()
        self.week: dict[int, Counter[str]] = _Counters()
        self.kind: dict[str, Counter[str]] = _Counters()
        self.outlet: dict[int | None, Counter[str]] = _Counters()
        for row in rows:
            self._add(*row)

    def hide(self, claims: ClaimQuerySet, edges: list[datetime]) -> None:
        """Count claims as pending whose verdict was counted."""
        rows = claims.values_list("listed_at", "verdict", "source_kind", "outlet")
        for at, verdict, kind, outlet in rows:
            week = bisect_right(edges, at) - 1
            self._add(week, verdict, kind, outlet, -1)
            self._add(week, Verdict.PENDING.value, kind, outlet, 1)

    def _add(self, week: int, verdict: str, kind: str, outlet: int | None, number: int) -> None:
        for counter in (self.verdict, self.week[week], self.kind[kind], self.outlet[outlet]):
            counter[verdict] += number


class _Counters(dict[Any, Counter[str]]):
    def __missing__(self, key: Any) -> Counter[str]:
        return self.setdefault(key, Counter())


def _most_first(counted: dict[Any, Counter[str]]) -> list[Any]:
    return sorted(counted, key=lambda key: -counted[key].total())


def _outlets(counted: dict[int | None, Counter[str]]) -> OutletNumbers:
    named = [outlet for outlet in _most_first(counted) if outlet is not None]
    shown, rest = named[:_OUTLETS], named[_OUTLETS:]
    names = dict(Outlet.objects.filter(pk__in=shown).values_list("pk", "name"))
    return OutletNumbers(
        named=[(names.get(outlet, "?"), counted[outlet]) for outlet in shown],
        others=sum((counted[outlet] for outlet in rest), Counter()) if rest else None,
        unknown=counted.get(None),
    )
