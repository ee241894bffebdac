"""Statistics: how many claims have which verdict, by week, source kind and outlet."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from claims.access import signed_in
from claims.choices import SourceKind, Verdict
from claims.queries.statistics import OutletNumbers, count_period
from claims.web.components.charts import Chart, Row, Series, bar_chart, column_chart

PERIODS = (4, 12, 52)
"""For how many weeks figures are shown."""
USUAL = 4


@dataclass(frozen=True)
class Statistics:
    """The statistics of a period.

    Attributes:
        first: its first day.
        last: its last day.
        total: the number of its claims.
        shown: the charts.
    """

    first: date
    last: date
    total: int
    shown: tuple[Chart, ...]


def verdicts() -> list[Series]:
    """Return the verdicts as the series of a stacked chart."""
    return [Series(verdict.value, str(verdict.label)) for verdict in Verdict]


def period_statistics(viewer: User, weeks: int, today: date | None = None) -> Statistics:
    """The figures of the last weeks, as `count_period` counts them."""
    counted = count_period(viewer, weeks, today)
    weekly = [
        Row(date_format(day, _("j M Y")), numbers, short=date_format(day, _("j M")))
        for day, numbers in counted.weeks.items()
    ]
    whole = [Row(one.label, {one.key: counted.verdicts.get(one.key, 0)}) for one in verdicts()]
    kinds = [Row(_kind(kind), numbers) for kind, numbers in counted.kinds]
    figures = (
        column_chart("weeks", _("By week"), _("Week from"), verdicts(), weekly),
        bar_chart(
            "verdicts",
            _("By verdict"),
            _("Verdict"),
            verdicts(),
            whole,
            of_what=_("Claims"),
        ),
        bar_chart("outlets", _("By outlet"), _("Outlet"), verdicts(), _outlets(counted.outlets)),
        bar_chart("kinds", _("By source kind"), _("Source kind"), verdicts(), kinds),
    )
    return Statistics(counted.first, counted.last, counted.total, figures)


def _kind(kind: str) -> str:
    return str(SourceKind(kind).label) if kind else _("The article's own voice")


def _outlets(counted: OutletNumbers) -> list[Row]:
    rows = [Row(name, numbers) for name, numbers in counted.named]
    if counted.others is not None:
        rows.append(Row(_("Other outlets"), counted.others))
    if counted.unknown is not None:
        rows.append(Row(_("Unknown outlet"), counted.unknown))
    return rows


@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    """Show the statistics."""
    weeks = PeriodForm(request.GET).chosen()
    context = {
        "statistics": period_statistics(signed_in(request.user), weeks),
        "weeks": weeks,
        "periods": PERIODS,
    }
    return render(request, "statistics/page.html", context)


class PeriodForm(forms.Form):
    """The number of weeks to show."""

    weeks = forms.TypedChoiceField(choices=[(str(weeks), weeks) for weeks in PERIODS], coerce=int)

    def chosen(self) -> int:
        """The number of weeks; the default if none of the choices was given."""
        return int(self.cleaned_data["weeks"]) if self.is_valid() else USUAL
