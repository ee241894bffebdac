"""How many claims have which verdict: in a period, by week, source kind and outlet, and of one source's."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import Count, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from claims.access import signed_in
from claims.choices import SourceKind, Verdict
from claims.models import Claim, Outlet
from claims.models.claims.blind import hidden_from
from claims.models.claims.claim import ClaimQuerySet
from claims.queries.claims.conditions import begins
from claims.web.components.charts import Figure, Row, Series, across, upright

PERIODS = (4, 12, 52)
"""For how many weeks figures are shown."""
USUAL = 12
_OUTLETS = 10
"""How many outlets are shown by name; the rest is one row."""


@dataclass(frozen=True)
class Figures:
    """The figures of a period.

    Attributes:
        first: its first day.
        last: its last day.
        total: how many claims it has.
        shown: the figures.
    """

    first: date
    last: date
    total: int
    shown: tuple[Figure, ...]


def verdicts() -> list[Series]:
    """The three verdicts, in the order in which figures stack them."""
    return [
        Series(verdict.value, str(verdict.label))
        for verdict in (Verdict.VERIFIED, Verdict.DISPUTED, Verdict.PENDING)
    ]


def of_period(viewer: User, weeks: int, today: date | None = None) -> Figures:
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
    claims = Claim.objects.in_work()
    edges = [begins(day) for day in [*mondays, mondays[-1] + timedelta(weeks=1)]]
    period = claims.filter(listed_at__gte=edges[0], listed_at__lt=edges[-1])
    by = _Counted(_rows(claims, edges))
    if hidden := hidden_from(viewer, period):
        by.hide(period.filter(pk__in=hidden), edges)
    weekly = [
        Row(
            date_format(day, _("j M Y")),
            by.week[place],
            short=date_format(day, _("j M")),
        )
        for place, day in enumerate(mondays)
    ]
    whole = [Row(one.label, {one.key: by.verdict[one.key]}) for one in verdicts()]
    figures = (
        upright("weeks", _("By week"), _("Week from"), verdicts(), weekly),
        across(
            "verdicts",
            _("By verdict"),
            _("Verdict"),
            verdicts(),
            whole,
            of_what=_("Claims"),
        ),
        across("kinds", _("By source kind"), _("Source kind"), verdicts(), _kinds(by.kind)),
        across("outlets", _("By outlet"), _("Outlet"), verdicts(), _outlets(by.outlet)),
    )
    return Figures(mondays[0], today, sum(by.verdict.values()), figures)


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


def _kinds(counted: dict[str, Counter[str]]) -> list[Row]:
    labels = {
        "": _("The article's own voice"),
        **{kind.value: str(kind.label) for kind in SourceKind},
    }
    return [Row(labels[kind], counted[kind]) for kind in _most_first(counted)]


def _outlets(counted: dict[int | None, Counter[str]]) -> list[Row]:
    named = [outlet for outlet in _most_first(counted) if outlet is not None]
    shown, rest = named[:_OUTLETS], named[_OUTLETS:]
    names = dict(Outlet.objects.filter(pk__in=shown).values_list("pk", "name"))
    rows = [Row(names.get(outlet, "?"), counted[outlet]) for outlet in shown]
    if rest:
        others: Counter[str] = sum((counted[outlet] for outlet in rest), Counter())
        rows.append(Row(_("Other outlets"), others))
    if None in counted:
        rows.append(Row(_("Unknown outlet"), counted[None]))
    return rows


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """How many claims have which verdict, over some weeks."""
    weeks = PeriodForm(request.GET).chosen()
    context = {
        "figures": of_period(signed_in(request.user), weeks),
        "weeks": weeks,
        "periods": PERIODS,
    }
    return render(request, "statistics/page.html", context)


class PeriodForm(forms.Form):
    """For how many weeks figures are shown."""

    weeks = forms.TypedChoiceField(choices=[(str(weeks), weeks) for weeks in PERIODS], coerce=int)

    def chosen(self) -> int:
        """The number of weeks; the usual one where none of those offered was asked for."""
        return int(self.cleaned_data["weeks"]) if self.is_valid() else USUAL
